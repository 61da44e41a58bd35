import type { BareStep } from '../load/bare-limit.ts'
import { createBareFlow } from '../load/bare-limit.ts'
import { measureFlows } from '../load/flow-rows.ts'
import type { Plan } from '../measuring/rounds.ts'
import type { Section } from '../report/row.ts'
import type { Workbench } from '../services/workbench.ts'
import { openPresentationFlow } from './flow.ts'
import { startTestIssuer } from './test-issuer.ts'

const wallets = 64

/** What a presentation cannot do without, step by step. */
const bareSteps: readonly BareStep[] = [
  { commits: 1 },
  { commits: 1, signatures: 1 },
  { commits: 1, verifications: 2, agreements: 1 },
  {},
]

/** Complete presentations per second against a running verifier. */
export async function measurePresentations(bench: Workbench, plan: Plan): Promise<Section> {
  const verifier = await bench.start('verifier')
  const bare = await bench.startBare()
  const issuer = await startTestIssuer(bench.dataDir)
  const accessToken = await bench.accessToken(
    'presentation-requests:write presentation-requests:read',
  )
  const prepared = await Promise.all(Array.from({ length: wallets }, () => issuer.giveWallet()))
  let next = 0
  const openFlow = () => {
    const wallet = prepared[next++ % wallets]
    if (!wallet) throw new Error('There are no wallets.')
    return openPresentationFlow({ verifierUrl: verifier.url, accessToken, wallet })
  }
  try {
    const rows = await measureFlows(
      {
        what: 'complete presentation',
        openFlow,
        openBareFlow: () => createBareFlow(bare.url, bareSteps),
        targetRate: 1_500,
      },
      plan,
    )
    return { title: 'Complete presentation', meaning, rows }
  } finally {
    await issuer.close()
  }
}

const meaning = `The verifier makes a request, the wallet fetches the signed request object, answers with an encrypted
presentation (\`direct_post.jwt\`), and the verifier's owner reads the report: four requests over keep-alive
HTTP, three commits. Every report must say *valid*: issuer trusted by its certificate chain, status looked
up in a list of a million entries, key binding, query. The driver plays both sides with prepared keys and
credentials. The bare limit is four trivial Fastify requests to a process of its own on the same PostgreSQL,
with three one-row inserts, one signature, two verifications, and one key pair with key agreement.`
