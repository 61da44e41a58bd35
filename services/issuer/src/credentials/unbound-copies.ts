import type { AwardRecord } from '@mikromerit/credentials'
import { newId, type Transaction } from '@mikromerit/service-kit'
import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import type { StatusEntry } from '../status-lists/status-indexes.ts'
import { credentials } from './table.ts'
import { decideValidity, type Validity } from './validity.ts'

/** A copy that is bound to nobody's key: what is needed to sign it, any number of times. */
export interface UnboundCopy {
  /** UUID, without `urn:uuid:`. */
  readonly id: string
  readonly status: StatusEntry
  readonly validity: Validity
}

interface UnboundCopyRequest {
  readonly organisationId: string
  readonly award: AwardRecord['award']
  /** What kind of copy; an award has one of each. */
  readonly configurationId: string
  /** Runs out with the competence only. */
  readonly isLasting: boolean
}

/**
 * The award's copy of this kind, recorded with its status when there is none: a status index is not used up by looking.
 * Undefined when the award has lapsed.
 */
export async function takeUnboundCopy(
  runtime: Runtime,
  tx: Transaction,
  request: UnboundCopyRequest,
): Promise<UnboundCopy | undefined> {
  return (await findCopy(runtime, tx, request)) ?? recordCopy(runtime, tx, request)
}

const isCurrent = ({ organisationId, award, configurationId }: UnboundCopyRequest) =>
  and(
    eq(credentials.organisationId, organisationId),
    eq(credentials.awardId, award.id),
    eq(credentials.configurationId, configurationId),
    credentials.isCurrentCopy,
  )

async function findCopy(
  runtime: Runtime,
  tx: Transaction,
  request: UnboundCopyRequest,
): Promise<UnboundCopy | undefined> {
  const [row] = await tx
    .select()
    .from(credentials)
    .where(
      and(
        isCurrent(request),
        or(isNull(credentials.expiresAt), gt(credentials.expiresAt, runtime.clock.now())),
      ),
    )
    .limit(1)
  const validity = row && validityOf(runtime, request.award, row.issuedAt)
  if (!validity) return undefined
  const status = { listNumber: row.statusListNumber, index: row.statusIndex }
  return { id: row.id, status, validity }
}

async function recordCopy(
  runtime: Runtime,
  tx: Transaction,
  request: UnboundCopyRequest,
): Promise<UnboundCopy | undefined> {
  const { organisationId, award, configurationId, isLasting } = request
  const now = runtime.clock.now()
  const validity = validityOf(runtime, award, now)
  if (!validity) return undefined
  const status = await runtime.statusIndexes.next(organisationId)
  const id = newId()
  // The one before has run out: it makes room.
  await tx
    .update(credentials)
    .set({ isCurrentCopy: false })
    .where(and(isCurrent(request), lte(credentials.expiresAt, now)))
  const recorded = await tx
    .insert(credentials)
    .values({
      organisationId,
      id,
      awardId: award.id,
      configurationId,
      statusListNumber: status.listNumber,
      statusIndex: status.index,
      issuedAt: now,
      expiresAt: isLasting ? (validity.lapsesAt ?? null) : validity.expiresAt,
      isCurrentCopy: true,
    })
    // Of two who ask at the same moment one records it; the other waits for it, and hands out the same.
    .onConflictDoNothing({
      target: [credentials.organisationId, credentials.awardId, credentials.configurationId],
      where: sql`${credentials.isCurrentCopy}`,
    })
    .returning({ id: credentials.id })
  if (recorded.length === 0) return findCopy(runtime, tx, request)
  return { id, status, validity }
}

const validityOf = ({ config }: Runtime, award: AwardRecord['award'], issuedAt: Date) =>
  decideValidity(issuedAt, config.CREDENTIAL_LIFETIME_DAYS, award.validUntil)
