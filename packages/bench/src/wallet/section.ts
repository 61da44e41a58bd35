import { createAward } from '../issuance/flow.ts'
import { type AwardingOrganisation, openOrganisation } from '../issuance/organisation.ts'
import { openConnection, readJson, readText } from '../load/connection.ts'
import { describeRun, type Flow } from '../load/flow-rows.ts'
import {
  measureInTurns,
  type Plan,
  ratesOf,
  repeatSideBySide,
  type Sample,
} from '../measuring/rounds.ts'
import { median } from '../measuring/statistics.ts'
import type { Section } from '../report/row.ts'
import type { Workbench } from '../services/workbench.ts'

const inFlight = 16

/** Awards that our wallet receives: every service but the verifier at work. */
export async function measureReceiving(bench: Workbench, plan: Plan): Promise<Section> {
  const organisation = await openOrganisation(bench, 'exempelskolan')
  const { url } = await bench.start('wallet')
  const tokens = await Promise.all(
    Array.from({ length: inFlight }, (_, at) =>
      bench.accessToken('wallet', { subject: `learner-${at}` }),
    ),
  )
  const flows = tokens.map((token) => openReceivingFlow(organisation, url, token))
  try {
    const run = repeatSideBySide(flows.map((flow) => flow.run))
    const { received } = await measureInTurns({ received: run }, plan)
    return { title: 'Award received by our wallet', meaning, rows: [describe(received)] }
  } finally {
    await Promise.all(flows.map((flow) => flow.close()))
  }
}

const describe = (samples: readonly Sample[]) => ({
  what: `award received by our wallet, ${inFlight} in flight`,
  figure: describeRun(median(ratesOf(samples)), samples),
  comparedWith: '',
  ratio: '',
  target: '',
  isMet: undefined,
})

/** An award, the offer shown to the wallet, and the wallet's acceptance with all it does at the issuer. */
function openReceivingFlow(
  organisation: AwardingOrganisation,
  walletUrl: string,
  accessToken: string,
): Flow {
  const register = openConnection(organisation.issuerUrl)
  const app = openConnection(walletUrl)
  const headers = {
    authorization: `Bearer ${accessToken}`,
    'content-type': 'application/json',
  }
  const post = (path: string, body: object) =>
    app.send({ method: 'POST', path, headers, body: JSON.stringify(body) })
  return {
    run: async () => {
      const { credentialOffer } = await createAward(register, organisation)
      const preview = readJson(await post('/v1/offers', { credentialOffer }), 200, 'Previewing')
      const path = `/v1/offers/${readText(preview, 'id')}/accept`
      const accepted = readJson(await post(path, {}), 201, 'Accepting')
      if (!Array.isArray(accepted.credentials) || accepted.credentials.length !== 1)
        throw new Error('The wallet received no credential.')
    },
    close: async () => {
      await Promise.all([register.close(), app.close()])
    },
  }
}

const meaning = `A register awards with an offer, and the learner's app hands the offer to our wallet service, which
reads it, fetches token, nonce and credential from the issuer, makes a key, verifies what came and keeps it
sealed. Not comparable with the rows above: the wallet does a learner's work, with third-party protocol
libraries, and the machine has two services to carry.`
