import { expectData } from '@mikromerit/client'
import { achievementExample, learnerExample, organisationExample } from '@mikromerit/credentials'
import type { Stack } from './stack.ts'

/** An awarding body with one published achievement. */
export async function anAwardingBody(stack: Stack, id: string) {
  const client = await stack.issuer()
  await expectData(client.POST('/v1/organisations', { body: { ...organisationExample, id } }))
  const staff = await stack.issuer(id)
  const achievement = await expectData(
    staff.POST('/v1/organisations/{organisation}/achievements', {
      params: { path: { organisation: id } },
      body: achievementExample,
    }),
  )
  return { id, achievementId: achievement.id, identifier: `${stack.services.urls.issuer}/${id}` }
}

export type AwardingBody = Awaited<ReturnType<typeof anAwardingBody>>

/** An award with its offer, as a register sends it. */
export async function anAward(
  stack: Stack,
  body: AwardingBody,
  changes: { txCode?: boolean; sourceReference?: string } = {},
) {
  const { txCode = false, sourceReference } = changes
  const staff = await stack.issuer(body.id)
  const award = await expectData(
    staff.POST('/v1/organisations/{organisation}/awards', {
      params: { path: { organisation: body.id } },
      body: {
        achievementId: body.achievementId,
        learner: learnerExample,
        awardedOn: '2026-06-05',
        result: { grade: 'G', scheme: 'UG' },
        offer: { txCode },
        ...(sourceReference === undefined ? {} : { sourceReference }),
      },
    }),
  )
  if (!award.offer) throw new Error('the award came without its offer')
  return { id: award.id, offer: award.offer }
}

export async function setStatus(
  stack: Stack,
  body: AwardingBody,
  award: string,
  status: 'revoked' | 'suspended' | 'valid',
) {
  const staff = await stack.issuer(body.id)
  return expectData(
    staff.POST('/v1/organisations/{organisation}/awards/{award}/status', {
      params: { path: { organisation: body.id, award } },
      body: { status, reason: 'Prov av statusändring' },
    }),
  )
}

/** A learner takes an offer into the wallet. */
export async function accept(
  stack: Stack,
  holder: string,
  offer: { credentialOfferUri: string; txCode?: string | undefined },
) {
  const wallet = await stack.wallet(holder)
  const preview = await expectData(
    wallet.POST('/v1/offers', { body: { credentialOffer: offer.credentialOfferUri } }),
  )
  const { credentials } = await expectData(
    wallet.POST('/v1/offers/{offer}/accept', {
      params: { path: { offer: preview.id } },
      body: offer.txCode === undefined ? {} : { txCode: offer.txCode },
    }),
  )
  return credentials
}

/** An employer asks; the answer is the link a wallet opens. */
export async function ask(stack: Stack, body: Record<string, unknown> = {}) {
  const verifier = await stack.verifier()
  return expectData(
    verifier.POST('/v1/presentation-requests', {
      body: { purpose: { sv: 'Ansökan om tjänst', en: 'Job application' }, ...body },
    }),
  )
}

export async function readReport(stack: Stack, id: string) {
  const verifier = await stack.verifier()
  return expectData(verifier.GET('/v1/presentation-requests/{id}', { params: { path: { id } } }))
}

/** A learner answers a request from the wallet, with what fits. */
export async function show(stack: Stack, holder: string, authorizationRequest: string) {
  const wallet = await stack.wallet(holder)
  const preview = await expectData(
    wallet.POST('/v1/presentations', { body: { authorizationRequest } }),
  )
  await expectData(
    wallet.POST('/v1/presentations/{presentation}/submit', {
      params: { path: { presentation: preview.id } },
      body: {},
    }),
  )
  return preview
}
