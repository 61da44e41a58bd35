import { expectData } from '@mikromerit/client'
import type { EveryFormat } from './formats.ts'
import type { Journal } from './journal.ts'
import type { Scenario } from './scenario.ts'

/** A wrong grade is put right: the old credentials are not merely revoked, they say what took their place. */
export async function correct(given: EveryFormat, scenario: Scenario, journal: Journal) {
  journal.section('Corrected', `${scenario.achievement.title.sv}: the grade was not the right one`)
  const link = await correctGrade(given, scenario, journal)
  const { wallet } = given
  const offer = await expectData(wallet.POST('/v1/offers', { body: { credentialOffer: link } }))
  await expectData(
    wallet.POST('/v1/offers/{offer}/accept', { params: { path: { offer: offer.id } }, body: {} }),
  )
  const [old] = given.credentialIds
  if (old) await showReplaced(given, old, journal)
}

async function correctGrade(
  { issuer, awardId }: EveryFormat,
  { organisation, achievement, learner, award }: Scenario,
  journal: Journal,
): Promise<string> {
  const corrected = await expectData(
    issuer.POST('/v1/organisations/{organisation}/awards/{award}/corrections', {
      params: { path: { organisation: organisation.id, award: awardId } },
      body: {
        ...award,
        achievementId: achievement.id,
        learner,
        result: { grade: 'G', scheme: 'UGVG' },
        reason: 'result_changed',
        offer: { formats: ['sd_jwt_vc'] },
      },
    }),
  )
  if (!corrected.offer) throw new Error('The issuer made no offer though one was asked for.')
  journal.step('issuer', `POST /v1/organisations/${organisation.id}/awards/{award}/corrections`, [
    ['sent', 'grade G instead of VG, because of result_changed'],
    ['answer', `award ${corrected.id} takes the place of ${awardId}`],
  ])
  return corrected.offer.credentialOfferUri
}

async function showReplaced(
  { wallet, verifier }: EveryFormat,
  credential: string,
  journal: Journal,
) {
  const path = { credential }
  const status = await expectData(
    wallet.POST('/v1/credentials/{credential}/status', { params: { path } }),
  )
  const held = await expectData(wallet.GET('/v1/credentials/{credential}', { params: { path } }))
  const report = await expectData(
    verifier.POST('/v1/verifications', { body: { credential: held.raw } }),
  )
  const check = report.checks.find(({ code }) => code === 'status.replaced')
  journal.step('wallet', 'POST /v1/credentials/{credential}/status', [
    ['answer', `${status.state} (${status.replacedBy?.reason}); the new one is in the wallet`],
  ])
  journal.step('verifier', 'POST /v1/verifications, with the old credential', [
    ['report', report.outcome],
    ...(check ? [['', `${check.title.en}: ${check.detail.en}`] as const] : []),
  ])
  journal.expect(report.outcome === 'invalid', 'the old credential to be invalid')
  journal.expect(check !== undefined, 'the report to say that it was replaced')
  journal.expect(
    status.replacedBy?.credentials.length === 1,
    'the wallet to know which of its credentials replaced it',
  )
}
