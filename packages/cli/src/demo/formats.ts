import {
  expectData,
  expectStored,
  type IssuerClient,
  type VerifierClient,
  type WalletClient,
} from '@mikromerit/client'
import { sourceReference } from './award.ts'
import type { Journal } from './journal.ts'
import type { Parties } from './parties.ts'
import { describeProblems, summarise } from './report.ts'
import type { Scenario } from './scenario.ts'

export interface EveryFormat {
  readonly issuer: IssuerClient
  readonly wallet: WalletClient
  readonly verifier: VerifierClient
  readonly awardId: string
  /** The learner's credentials of the one award. */
  readonly credentialIds: readonly string[]
}

const formats = ['sd_jwt_vc', 'elm', 'open_badge'] as const

/** One award in every format: offered in one offer, received in one run, each verified as what it is. */
export async function showEveryFormat(
  parties: Parties,
  scenario: Scenario,
  journal: Journal,
): Promise<EveryFormat> {
  const { organisation, achievement, holder } = scenario
  journal.section('One award, three formats', `${achievement.title.sv}, once more`)
  const issuer = await parties.awardingBody(organisation.id)
  const { id: awardId, link } = await awardInEveryFormat(issuer, scenario, journal)
  const wallet = await parties.learner(holder)
  const credentialIds = await receiveAll(wallet, link, journal)
  const verifier = await parties.employer()
  for (const credential of credentialIds) await verify({ wallet, verifier, credential }, journal)
  return { issuer, wallet, verifier, awardId, credentialIds }
}

async function awardInEveryFormat(issuer: IssuerClient, scenario: Scenario, journal: Journal) {
  const { organisation, achievement, learner } = scenario
  const { id, offer } = await expectStored(
    issuer.POST('/v1/organisations/{organisation}/awards', {
      params: { path: { organisation: organisation.id } },
      body: {
        ...scenario.award,
        achievementId: achievement.id,
        learner,
        sourceReference: sourceReference(scenario.award.awardedOn),
        offer: { formats: [...formats] },
      },
    }),
  )
  if (!offer) throw new Error('The issuer made no offer though one was asked for.')
  journal.step('issuer', `POST /v1/organisations/${organisation.id}/awards`, [
    ['sent', `the same course, offered as ${formats.join(', ')}`],
    ['answer', `award ${id}`],
  ])
  return { id, link: offer.credentialOfferUri }
}

async function receiveAll(wallet: WalletClient, credentialOffer: string, journal: Journal) {
  const offer = await expectData(wallet.POST('/v1/offers', { body: { credentialOffer } }))
  const { credentials, refused = [] } = await expectData(
    wallet.POST('/v1/offers/{offer}/accept', { params: { path: { offer: offer.id } }, body: {} }),
  )
  journal.step('wallet', 'POST /v1/offers/{offer}/accept', [
    ['received', credentials.map(({ format, types = [], vct }) => nameOf(format, vct, types))],
  ])
  journal.expect(refused.length === 0, 'no format to be refused')
  journal.expect(credentials.length === formats.length, 'one credential of each format')
  return credentials.map(({ id }) => id)
}

const nameOf = (format: string, vct: string | undefined, types: readonly string[]) =>
  `${format} · ${vct ?? types.filter((type) => type !== 'VerifiableCredential').join(', ')}`

async function verify(
  {
    wallet,
    verifier,
    credential,
  }: { wallet: WalletClient; verifier: VerifierClient; credential: string },
  journal: Journal,
) {
  const held = await expectData(
    wallet.GET('/v1/credentials/{credential}', { params: { path: { credential } } }),
  )
  const report = await expectData(
    verifier.POST('/v1/verifications', { body: { credential: held.raw } }),
  )
  const [shown] = report.microCredentials
  journal.step('verifier', `POST /v1/verifications, with the ${held.format} as it is`, [
    ...(report.outcome === 'valid'
      ? [['report', summarise(report)] as const]
      : describeProblems(report)),
    ['shown', `${shown?.title} · ${shown?.issuer.name}`],
  ])
  journal.expect(report.outcome === 'valid', `a valid report on the ${held.format}`)
  journal.expect(shown?.title !== undefined, 'the title in the report')
}
