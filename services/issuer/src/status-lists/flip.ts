import { setStatus } from '@mikromerit/credentials'
import type { Transaction } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
import { bitsPerStatus } from './bits.ts'
import type { StatusEntry } from './status-indexes.ts'
import { statusListPages } from './table.ts'

export const pageBytes = 4096
const entriesPerByte = 8 / bitsPerStatus
export const entriesPerPage = pageBytes * entriesPerByte
const statusMask = 2 ** bitsPerStatus - 1

/** Writes one status into its list, in the transaction that changes the award. */
async function writeStatus(
  tx: Transaction,
  organisationId: string,
  entry: StatusEntry,
  value: number,
) {
  const page = Math.floor(entry.index / entriesPerPage)
  const indexInPage = entry.index % entriesPerPage
  const offset = Math.floor(indexInPage / entriesPerByte)
  // Token Status List 4.1: the first entry of a byte is in its least significant bits.
  const shift = (indexInPage % entriesPerByte) * bitsPerStatus
  const cleared = 0xff & ~(statusMask << shift)
  const fresh = Buffer.alloc(pageBytes)
  setStatus(fresh, bitsPerStatus, indexInPage, value)
  await tx
    .insert(statusListPages)
    .values({ organisationId, listNumber: entry.listNumber, page, bytes: fresh, revision: 1 })
    .onConflictDoUpdate({
      target: [statusListPages.organisationId, statusListPages.listNumber, statusListPages.page],
      set: {
        bytes: sql`set_byte(${statusListPages.bytes}, ${offset}::int, (get_byte(${statusListPages.bytes}, ${offset}::int) & ${cleared}::int) | ${value << shift}::int)`,
        revision: sql`${statusListPages.revision} + 1`,
      },
    })
}

/** Sets the status of several entries, always in the same order so that two changes never deadlock. */
export async function writeStatuses(
  tx: Transaction,
  organisationId: string,
  entries: readonly StatusEntry[],
  value: number,
) {
  const ordered = entries.toSorted((a, b) => a.listNumber - b.listNumber || a.index - b.index)
  for (const entry of ordered) await writeStatus(tx, organisationId, entry, value)
}
