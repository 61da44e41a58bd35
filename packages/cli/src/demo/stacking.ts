import { expectData, type IssuerClient, type WalletClient } from '@mikromerit/client'
import { award } from './award.ts'
import { storeAchievement } from './define.ts'
import type { Journal } from './journal.ts'
import type { Parties } from './parties.ts'
import { companyCourse } from './scenarios/company-course.ts'
import { secondCourse } from './scenarios/second-course.ts'
import { universityCourse } from './scenarios/university-course.ts'
import { type Whole, wholeOf } from './scenarios/whole.ts'

interface Stacking {
  readonly parties: Parties
  readonly today: string
  readonly issuerUrl: string
  readonly journal: Journal
}

/** Three micro-credentials of two providers become a fourth: the learner shows them, the university awards the whole. */
export async function stack(stacking: Stacking) {
  const { parties, today, issuerUrl, journal } = stacking
  const { organisation, holder } = universityCourse(today)
  const whole = wholeOf(today, issuerUrl)
  journal.section('Three become a fourth', `${whole.title.sv}, by ${organisation.legalName.sv}`)
  const university = await parties.awardingBody(organisation.id)
  const wallet = await parties.learner(holder)
  await collectParts(stacking, wallet)
  await storeAchievement(university, organisation.id, whole)
  await showProgress(wallet, `${issuerUrl}/${organisation.id}/achievements/${whole.id}`, journal)
  const request = await askForParts(university, organisation.id, whole, journal)
  await showParts(wallet, request.authorizationRequest, journal)
  await receiveWhole({ university, wallet, organisation: organisation.id, whole, request }, journal)
}

/** What the learner does not hold yet: the first course was received before. */
async function collectParts({ parties, today, journal }: Stacking, wallet: WalletClient) {
  const { learner } = universityCourse(today)
  for (const scenario of [secondCourse(today), { ...companyCourse(today), learner }]) {
    const { organisation, achievement } = scenario
    const issuer = await parties.awardingBody(organisation.id)
    await storeAchievement(issuer, organisation.id, achievement)
    await accept(wallet, (await award(issuer, scenario, journal)).link)
  }
}

async function accept(wallet: WalletClient, credentialOffer: string) {
  const { id } = await expectData(wallet.POST('/v1/offers', { body: { credentialOffer } }))
  const path = { offer: id }
  return expectData(wallet.POST('/v1/offers/{offer}/accept', { params: { path }, body: {} }))
}

async function showProgress(wallet: WalletClient, definition: string, journal: Journal) {
  const { result } = await expectData(wallet.POST('/v1/progress', { body: { definition } }))
  const fulfilled = result.progress.filter(({ isFulfilled }) => isFulfilled).length
  journal.step('wallet', 'POST /v1/progress', [
    ['answer', `${result.outcome}: ${fulfilled} of ${result.progress.length} parts are there`],
  ])
  journal.expect(result.outcome === 'fulfilled', 'the wallet to see that all parts are there')
}

async function askForParts(
  university: IssuerClient,
  organisation: string,
  { id }: Whole,
  journal: Journal,
) {
  const request = await expectData(
    university.POST(
      '/v1/organisations/{organisation}/achievements/{achievement}/composite-requests',
      { params: { path: { organisation, achievement: id } }, body: {} },
    ),
  )
  const { authorizationRequest } = request
  if (!authorizationRequest) throw new Error('The issuer asks for the parts without a request.')
  journal.step('issuer', 'POST …/achievements/{achievement}/composite-requests', [
    ['answer', `request ${request.id}, ${request.state}`],
  ])
  return { id: request.id, authorizationRequest }
}

async function showParts(wallet: WalletClient, authorizationRequest: string, journal: Journal) {
  const preview = await expectData(
    wallet.POST('/v1/presentations', { body: { authorizationRequest } }),
  )
  await expectData(
    wallet.POST('/v1/presentations/{presentation}/submit', {
      params: { path: { presentation: preview.id } },
      body: {},
    }),
  )
  journal.step('wallet', 'POST /v1/presentations/{presentation}/submit', [
    ['shown', `${preview.requested.length} credentials, one for each part`],
  ])
}

interface Asked {
  readonly university: IssuerClient
  readonly wallet: WalletClient
  readonly organisation: string
  readonly whole: Whole
  readonly request: { readonly id: string }
}

async function receiveWhole(
  { university, wallet, organisation, whole, request }: Asked,
  journal: Journal,
) {
  const settled = await expectData(
    university.GET(
      '/v1/organisations/{organisation}/achievements/{achievement}/composite-requests/{request}',
      { params: { path: { organisation, achievement: whole.id, request: request.id } } },
    ),
  )
  const { credentials } = settled.offer
    ? await accept(wallet, settled.offer.credentialOfferUri)
    : { credentials: [] }
  const parts = credentials[0]?.microCredential?.components ?? []
  journal.step('issuer', 'GET …/composite-requests/{request}', [
    ['answer', `${settled.state}: award ${settled.awardId}`],
    ['parts', parts.map(({ title, credentialDigest }) => `${title ?? ''} · ${credentialDigest}`)],
  ])
  journal.expect(settled.state === 'fulfilled', 'the whole to be awarded for its parts')
  journal.expect(parts.length === 3, 'the whole to name its three parts')
}
