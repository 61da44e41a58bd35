import { newId, type Transaction } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import type { Runtime } from '../../runtime.ts'
import type { SignInSecrets } from '../../sign-in/openid-provider.ts'
import type { AuthorisedCredential } from '../protocol-tokens.ts'
import { type Stage, stageSeconds } from './stages.ts'
import { authorizations } from './table.ts'

/** What a wallet asked for, as it was pushed. */
export interface AuthorizationRequest {
  readonly clientId: string
  readonly redirectUri: string
  readonly state?: string
  readonly codeChallenge: string
  readonly configurationIds: readonly string[]
  /** The offer its issuer_state names: only narrows what the learner who signs in may get (I-22). */
  readonly offerId?: string
}

/** An authorization as far as it has come. */
export interface Authorization {
  readonly request: AuthorizationRequest
  readonly signIn?: SignInSecrets
  readonly authorised?: readonly AuthorisedCredential[]
}

export interface Place {
  readonly organisationId: string
  readonly id: string
}

export interface OpenedAuthorization extends Authorization {
  readonly stage: Stage
  readonly generation: number
  readonly isExpired: boolean
}

// Part of the seal: what is sealed for one authorization opens in no other.
const contentContext = ({ organisationId, id }: Place) => `authorizations/${organisationId}/${id}`

const isAt = ({ organisationId, id }: Place) =>
  and(eq(authorizations.organisationId, organisationId), eq(authorizations.id, id))

const expiryOf = (stage: Stage, now: Date) => new Date(now.getTime() + stageSeconds[stage] * 1000)

/** Keeps a pushed request. */
export async function createAuthorization(
  { database, vault, clock }: Runtime,
  organisationId: string,
  request: AuthorizationRequest,
): Promise<string> {
  const [id, now, stage] = [newId(), clock.now(), 'pushed' as const]
  const content = vault.sealJson({ request }, contentContext({ organisationId, id }))
  const row = {
    organisationId,
    id,
    stage,
    content,
    expiresAt: expiryOf(stage, now),
    createdAt: now,
  }
  await database.inOrganisation(organisationId, (tx) => tx.insert(authorizations).values(row))
  return id
}

/** Locks an authorization, so that of two requests about it one comes first. */
export async function lockAuthorization(
  { vault, clock }: Runtime,
  tx: Transaction,
  place: Place,
): Promise<OpenedAuthorization | undefined> {
  const [row] = await tx.select().from(authorizations).where(isAt(place)).limit(1).for('update')
  if (!row) return undefined
  const content = vault.openJson<Authorization>(row.content, contentContext(place))
  const { stage, generation, expiresAt } = row
  return { ...content, stage, generation, isExpired: expiresAt <= clock.now() }
}

/** Moves a locked authorization to a stage, with what is known by then. */
export async function moveTo(
  { vault, clock }: Runtime,
  tx: Transaction,
  place: Place,
  { stage, content }: { stage: Stage; content: Authorization },
): Promise<void> {
  const { request, signIn, authorised } = content
  const sealed = vault.sealJson({ request, signIn, authorised }, contentContext(place))
  await tx
    .update(authorizations)
    .set({ stage, content: sealed, expiresAt: expiryOf(stage, clock.now()) })
    .where(isAt(place))
}

/** Counts a refresh: the token before is good no longer. */
export async function setGeneration(tx: Transaction, place: Place, generation: number) {
  await tx.update(authorizations).set({ generation }).where(isAt(place))
}

/** Takes back what was granted: its access tokens, and its refresh tokens, are refused from now on (I-21). */
export async function revoke(tx: Transaction, place: Place) {
  await tx.update(authorizations).set({ stage: 'revoked' }).where(isAt(place))
}

/** Whether what was granted stands. */
export const isGranted = ({ database }: Runtime, place: Place): Promise<boolean> =>
  database.inOrganisation(place.organisationId, async (tx) => {
    const [row] = await tx
      .select({ stage: authorizations.stage })
      .from(authorizations)
      .where(isAt(place))
      .limit(1)
    return row?.stage === 'granted'
  })

/**
 * One step of an authorization: from a stage that has not expired to the next, once. Undefined when it is not at that
 * stage, or `decide` has no next step for it.
 */
export const advance = (
  runtime: Runtime,
  place: Place,
  from: Stage,
  decide: (found: OpenedAuthorization) => { stage: Stage; content: Authorization } | undefined,
): Promise<Authorization | undefined> =>
  runtime.database.inOrganisation(place.organisationId, async (tx) => {
    const found = await lockAuthorization(runtime, tx, place)
    if (!found || found.stage !== from || found.isExpired) return undefined
    const next = decide(found)
    if (next) await moveTo(runtime, tx, place, next)
    return next?.content
  })
