import { type BareStep, createBareFlow } from '../load/bare-limit.ts'
import { measureFlows } from '../load/flow-rows.ts'
import type { Plan } from '../measuring/rounds.ts'
import type { Section } from '../report/row.ts'
import type { Workbench } from '../services/workbench.ts'
import { openIssuanceFlow } from './flow.ts'
import { openOrganisation } from './organisation.ts'

/** What an issuance cannot do without, step by step: award, offer, token, nonce, credential. */
const bareSteps: readonly BareStep[] = [
  { commits: 1 },
  {},
  { commits: 1 },
  {},
  { commits: 1, verifications: 1, signatures: 1 },
]

/** Complete issuances per second against a running issuer. */
export async function measureIssuance(bench: Workbench, plan: Plan): Promise<Section> {
  const organisation = await openOrganisation(bench, 'exempeluniversitetet')
  const bare = await bench.startBare()
  const rows = await measureFlows(
    {
      what: 'complete issuance',
      openFlow: () => {
        const { run, close } = openIssuanceFlow(organisation)
        return { run: () => run().then(() => undefined), close }
      },
      openBareFlow: () => createBareFlow(bare.url, bareSteps),
      targetRate: 1_000,
    },
    plan,
  )
  return { title: 'Complete issuance', meaning, rows }
}

const meaning = `A register awards a course with an offer, and the learner's wallet fetches the offer by reference,
redeems its code, fetches a nonce, proves its key and fetches the credential: five requests over keep-alive
HTTP, three commits (award, code redeemed, credential recorded), one signature, one verification. The
driver plays both sides; its key is prepared, the proof is signed anew each time. The bare limit is five
trivial Fastify requests to a process of its own on the same PostgreSQL, with three one-row inserts, one
verification and one signature.`
