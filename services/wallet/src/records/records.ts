import { createHash } from 'node:crypto'
import { newId, Problem, type Transaction } from '@mikromerit/service-kit'
import { and, count, desc, eq, inArray, lt } from 'drizzle-orm'
import type { WalletContext } from '../context.ts'
import { asHolder, type Holder } from '../holders/holders.ts'
import type { RecordAnswer } from '../idempotency/answer-once.ts'
import { describeRecord, summariseRecord } from './describe-record.ts'
import { readRecords } from './read-record.ts'
import type { ImportedRecords, OwnRecord, OwnRecordSummary } from './schemas.ts'
import type { HeldRecord, StoredRecord } from './stored-record.ts'
import { records } from './table.ts'

/** Records of one learner; more than that is no portfolio. */
const maxRecords = 1_000

/**
 * Keeps what a learner brings along, apart from what was issued to them. The same file again adds nothing.
 * Throws `record-invalid` or `record-limit-reached`.
 */
export async function importRecords(
  context: WalletContext,
  holderId: string,
  { bytes, record }: { bytes: Uint8Array; record: RecordAnswer<ImportedRecords> },
): Promise<ImportedRecords> {
  const read = await readRecords(context, bytes)
  if (!read.ok) throw new Problem('record-invalid', { detail: read.detail })
  const digests = read.value.map((_one, at) => digestOf(context, holderId, bytes, at))
  return asHolder(context, holderId, async (tx, holder) => {
    const before = await findByDigest(tx, holder, digests)
    const added = await addMissing(tx, holder, {
      found: read.value.map((content, at) => ({ content, digest: digests[at] ?? Buffer.of() })),
      known: before.map(({ digest }) => digest),
      now: context.clock.now(),
    })
    const rows = await findByDigest(tx, holder, digests)
    const imported = {
      records: rows.map((row) => summariseRecord(openRow(holder, row))),
      added,
    }
    await record(tx, holder, imported)
    return imported
  })
}

/** The latest first; `before` is the last id of the page before. */
export const listRecords = (
  context: WalletContext,
  holderId: string,
  page: { limit: number; before?: string | undefined },
): Promise<OwnRecordSummary[]> =>
  asHolder(context, holderId, async (tx, holder) =>
    (await readPage(tx, holder, page)).map(summariseRecord),
  )

/** Throws `record-not-found`. */
export const findRecord = (
  context: WalletContext,
  holderId: string,
  id: string,
): Promise<OwnRecord> =>
  asHolder(context, holderId, async (tx, holder) => {
    const [row] = await tx.select().from(records).where(rowOf(holder, id)).limit(1)
    if (!row) throw new Problem('record-not-found')
    return describeRecord(openRow(holder, row))
  })

/** Removes a record for good. Throws `record-not-found`. */
export const deleteRecord = (
  context: WalletContext,
  holderId: string,
  { id, record }: { id: string; record: RecordAnswer<null> },
): Promise<null> =>
  asHolder(context, holderId, async (tx, holder) => {
    const deleted = await tx.delete(records).where(rowOf(holder, id)).returning({ id: records.id })
    if (deleted.length === 0) throw new Problem('record-not-found')
    await record(tx, holder, null)
    return null
  })

/** What the portfolio counts of own records, each with itself as evidence: nothing that has ended or is void. */
export async function listCountedRecords(tx: Transaction, holder: Holder) {
  const held = await readPage(tx, holder, { limit: maxRecords })
  return held
    .filter(({ content }) => content.outcome !== 'invalid')
    .map(({ id, content: { microCredential, isSelfDeclared } }) => ({
      microCredential,
      isSelfDeclared,
      evidence: [id],
    }))
}

async function addMissing(
  tx: Transaction,
  holder: Holder,
  {
    found,
    known,
    now,
  }: {
    found: readonly { content: StoredRecord; digest: Buffer }[]
    known: readonly Buffer[]
    now: Date
  },
): Promise<number> {
  const missing = found.filter(({ digest }) => !known.some((one) => one.equals(digest)))
  if (missing.length === 0) return 0
  const [counted] = await tx
    .select({ number: count() })
    .from(records)
    .where(eq(records.holderId, holder.id))
  if ((counted?.number ?? 0) + missing.length > maxRecords)
    throw new Problem('record-limit-reached')
  const rows = missing.map(({ content, digest }) => {
    const id = newId()
    const sealedRecord = holder.dataKey.sealJson(content, contextOf(holder, id))
    return { holderId: holder.id, id, digest, sealedRecord, importedAt: now }
  })
  // The same file twice at once: the later one finds what the earlier one wrote.
  const inserted = await tx
    .insert(records)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: records.id })
  return inserted.length
}

const findByDigest = (tx: Transaction, holder: Holder, digests: readonly Buffer[]) =>
  tx
    .select()
    .from(records)
    .where(and(eq(records.holderId, holder.id), inArray(records.digest, [...digests])))
    .orderBy(records.id)
    .limit(digests.length)

async function readPage(
  tx: Transaction,
  holder: Holder,
  page: { limit: number; before?: string | undefined },
): Promise<HeldRecord[]> {
  const rows = await tx
    .select()
    .from(records)
    .where(
      and(
        eq(records.holderId, holder.id),
        page.before === undefined ? undefined : lt(records.id, page.before),
      ),
    )
    .orderBy(desc(records.id))
    .limit(page.limit)
  return rows.map((row) => openRow(holder, row))
}

const openRow = (holder: Holder, row: typeof records.$inferSelect): HeldRecord => ({
  id: row.id,
  importedAt: row.importedAt,
  content: holder.dataKey.openJson<StoredRecord>(row.sealedRecord, contextOf(holder, row.id)),
})

/** Keyed, and by learner: two who have the same file cannot be seen to. */
const digestOf = (
  { vault }: WalletContext,
  holderId: string,
  bytes: Uint8Array,
  at: number,
): Buffer => {
  const ofFile = createHash('sha256').update(bytes).digest('hex')
  return vault.mac('own records').digest(JSON.stringify([holderId, ofFile, at]))
}

const rowOf = (holder: Holder, id: string) =>
  and(eq(records.holderId, holder.id), eq(records.id, id))
const contextOf = (holder: Holder, id: string) => `records/${holder.id}/${id}`
