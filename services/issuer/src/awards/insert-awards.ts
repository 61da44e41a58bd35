import { type AwardDraft, normaliseAward } from '@mikromerit/credentials'
import { newId, type Transaction } from '@mikromerit/service-kit'
import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { Achievement } from '../achievements/schemas.ts'
import type { Runtime } from '../runtime.ts'
import type { AwardRow } from './award-view.ts'
import { isSameContent } from './create-award.ts'
import { sealAward } from './sealed-award.ts'
import { awards } from './table.ts'

/** An award out of a file, with what it refers to. */
export interface AwardToInsert {
  readonly draft: AwardDraft
  readonly definition: Achievement
  readonly creatorId: string
}

export type InsertOutcome =
  | { readonly outcome: 'created' | 'same'; readonly awardId: string }
  | { readonly outcome: 'clash' }

interface Batch {
  readonly organisationId: string
  readonly importId: string
  readonly awards: readonly AwardToInsert[]
}

/** Sealed and ready to be inserted; made outside a transaction, for it takes time. */
export interface SealedBatch extends Omit<Batch, 'awards'> {
  readonly rows: readonly SealedRow[]
}

interface SealedRow extends AwardToInsert {
  readonly id: string
  readonly digest: Buffer | null
  readonly sealed: ReturnType<typeof sealAward>
}

/** Seals the awards of a batch, each under a key of its own. */
export function sealBatch(
  runtime: Runtime,
  { organisationId, importId, ...batch }: Batch,
): SealedBatch {
  const rows = batch.awards.map((award): SealedRow => {
    const id = newId()
    const content = normaliseAward(award.draft, award.definition)
    return {
      ...award,
      id,
      digest: digestOf(runtime, organisationId, award.draft),
      sealed: sealAward(runtime.vault, { organisationId, id }, content),
    }
  })
  return { organisationId, importId, rows }
}

/**
 * What makes a row of a file this row, when the register gave it no reference: a keyed MAC, so that nobody can try out
 * names on it.
 */
const digestOf = (runtime: Runtime, organisationId: string, draft: AwardDraft): Buffer | null =>
  draft.sourceReference === undefined
    ? runtime.importRowMac.digest(JSON.stringify([organisationId, draft]))
    : null

/**
 * Records a batch in one statement. An award that is there already, by the register's reference or by what its row says,
 * is not recorded again: `same` when it says the same, `clash` when it does not.
 */
export async function insertBatch(
  runtime: Runtime,
  tx: Transaction,
  batch: SealedBatch,
): Promise<InsertOutcome[]> {
  const inserted = await insertRows(tx, batch, runtime.clock.now())
  const others = batch.rows.filter(({ id }) => !inserted.has(id))
  const found = await findExisting(tx, batch.organisationId, others)
  const outcomes: InsertOutcome[] = []
  for (const row of batch.rows)
    outcomes.push(
      inserted.has(row.id)
        ? { outcome: 'created', awardId: row.id }
        : await compare(runtime, tx, row, found),
    )
  return outcomes
}

/** What `insertBatch` would do with awards, as things stand. */
export async function compareBatch(
  runtime: Runtime,
  tx: Transaction,
  { organisationId, awards: drafts }: Omit<Batch, 'importId'>,
): Promise<(InsertOutcome | undefined)[]> {
  const rows = drafts.map(({ draft }) => ({
    draft,
    digest: digestOf(runtime, organisationId, draft),
  }))
  const found = await findExisting(tx, organisationId, rows)
  const outcomes: (InsertOutcome | undefined)[] = []
  for (const row of rows) outcomes.push(found.of(row) && (await compare(runtime, tx, row, found)))
  return outcomes
}

async function insertRows(
  tx: Transaction,
  { organisationId, importId, rows }: SealedBatch,
  now: Date,
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set()
  const column = (read: (row: SealedRow) => unknown) => sql.param(rows.map(read))
  const { rows: inserted } = await tx.execute<{ id: string }>(sql`
    INSERT INTO ${awards} (organisation_id, import_id, status, created_at, id, achievement_organisation_id,
      achievement_id, achievement_version, awarded_on, source_reference, import_digest, data_key, content)
    SELECT ${organisationId}, ${importId}::uuid, 'valid', ${now.toISOString()}::timestamptz, * FROM unnest(
      ${column(({ id }) => id)}::uuid[],
      ${column(({ creatorId }) => creatorId)}::text[],
      ${column(({ definition }) => definition.id)}::uuid[],
      ${column(({ definition }) => definition.version)}::int[],
      ${column(({ draft }) => draft.awardedOn)}::date[],
      ${column(({ draft }) => draft.sourceReference ?? null)}::text[],
      ${column(({ digest }) => digest)}::bytea[],
      ${column(({ sealed }) => sealed.dataKey)}::bytea[],
      ${column(({ sealed }) => sealed.content)}::bytea[])
    ON CONFLICT DO NOTHING RETURNING id`)
  return new Set(inserted.map(({ id }) => id))
}

type Sought = Pick<SealedRow, 'draft' | 'digest'>

interface Existing {
  of(row: Sought): AwardRow | undefined
}

async function findExisting(
  tx: Transaction,
  organisationId: string,
  sought: readonly Sought[],
): Promise<Existing> {
  const references = sought.flatMap(({ draft }) => draft.sourceReference ?? [])
  const digests = sought.flatMap(({ digest }) => digest ?? [])
  const rows =
    sought.length === 0
      ? []
      : await tx
          .select()
          .from(awards)
          .where(
            and(
              eq(awards.organisationId, organisationId),
              or(
                inArray(awards.sourceReference, references),
                inArray(awards.importDigest, digests),
              ),
            ),
          )
          .limit(2 * sought.length)
  const byReference = new Map(rows.map((row) => [row.sourceReference, row]))
  const byDigest = new Map(rows.map((row) => [row.importDigest?.toString('hex'), row]))
  return {
    of: ({ draft, digest }) =>
      digest ? byDigest.get(digest.toString('hex')) : byReference.get(draft.sourceReference ?? ''),
  }
}

async function compare(
  runtime: Runtime,
  tx: Transaction,
  row: Sought,
  found: Existing,
): Promise<InsertOutcome> {
  const existing = found.of(row)
  if (!existing) return { outcome: 'clash' }
  // Equal digests are equal rows.
  const isSame = row.digest !== null || (await isSameContent(runtime, tx, existing, row.draft))
  return isSame ? { outcome: 'same', awardId: existing.id } : { outcome: 'clash' }
}
