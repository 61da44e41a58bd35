import { expectData, expectStored } from '@mikromerit/client'
import {
  type AchievementDraft,
  type AwardDraft,
  achievementExample,
  type Learner,
  learnerExample,
  organisationExample,
} from '@mikromerit/credentials'
import type { Stack } from './stack.ts'

/** An awarding body with one published achievement. */
export async function anAwardingBody(stack: Stack, id: string, name?: string) {
  const client = await stack.issuer()
  const legalName = name === undefined ? organisationExample.legalName : { sv: name, en: name }
  await expectData(
    client.POST('/v1/organisations', { body: { ...organisationExample, id, legalName } }),
  )
  const achievementId = await anAchievement(stack, id)
  return { id, achievementId, identifier: `${stack.services.urls.issuer}/${id}` }
}

/** A published definition; its id. */
export async function anAchievement(
  stack: Stack,
  organisation: string,
  changes: Partial<AchievementDraft> = {},
): Promise<string> {
  const staff = await stack.issuer(organisation)
  const stored = await expectData(
    staff.POST('/v1/organisations/{organisation}/achievements', {
      params: { path: { organisation } },
      body: { ...achievementExample, ...changes },
    }),
  )
  if (!('id' in stored)) throw new Error('the definition was not stored')
  return stored.id
}

/** The organisation issues the WE BUILD types from now on. */
export async function switchOn(stack: Stack, { id: organisation }: Pick<AwardingBody, 'id'>) {
  const staff = await stack.issuer(organisation)
  return expectData(
    staff.PUT('/v1/organisations/{organisation}/settings', {
      params: { path: { organisation } },
      body: { furtherFormats: { webuild_micro_credential: '0.2', webuild_verified_skill: '0.2' } },
    }),
  )
}

export type AwardingBody = Awaited<ReturnType<typeof anAwardingBody>>

type OfferFormat =
  | 'sd_jwt_vc'
  | 'elm'
  | 'open_badge'
  | 'webuild_micro_credential'
  | 'webuild_verified_skill'

interface AwardChanges {
  readonly txCode?: boolean
  readonly sourceReference?: string
  readonly achievementId?: string
  readonly learner?: Learner
  readonly formats?: readonly OfferFormat[]
  readonly proficiency?: AwardDraft['proficiency']
}

/** An award with its offer, as a register sends it. */
export async function anAward(stack: Stack, body: AwardingBody, changes: AwardChanges = {}) {
  const {
    txCode = false,
    sourceReference,
    achievementId,
    learner = learnerExample,
    formats,
    proficiency,
  } = changes
  const staff = await stack.issuer(body.id)
  const award = await expectStored(
    staff.POST('/v1/organisations/{organisation}/awards', {
      params: { path: { organisation: body.id } },
      body: {
        achievementId: achievementId ?? body.achievementId,
        learner,
        awardedOn: '2026-06-05',
        result: { grade: 'G', scheme: 'UG' },
        offer: { txCode, ...(formats && { formats: [...formats] }) },
        ...(sourceReference === undefined ? {} : { sourceReference }),
        ...(proficiency && { proficiency }),
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

/** Hands in what a browser's Digital Credentials API gave. */
export async function handIn(
  stack: Stack,
  id: string,
  body: {
    protocol: 'openid4vp-v1-signed' | 'openid4vp-v1-unsigned'
    data: Record<string, unknown>
  },
) {
  const verifier = await stack.verifier()
  return expectData(
    verifier.POST('/v1/presentation-requests/{id}/dc-api-response', {
      params: { path: { id } },
      body,
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
