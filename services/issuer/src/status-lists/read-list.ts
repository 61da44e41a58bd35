import type { Database, Transaction } from '@mikromerit/service-kit'
import { and, eq, sql } from 'drizzle-orm'
import { bitsPerStatus } from './bits.ts'
import { pageBytes } from './flip.ts'
import { statusListPages, statusLists } from './table.ts'

interface ListState {
  readonly size: number
  readonly revision: number
}

/** How large a list is and what has become of it; undefined when the organisation has no such list. */
export const readState = (
  database: Database,
  organisationId: string,
  listNumber: number,
): Promise<ListState | undefined> =>
  database.inOrganisation(organisationId, (tx) => findState(tx, organisationId, listNumber))

/** A list's revision is the sum of its pages': no row is shared by all changes. */
async function findState(tx: Transaction, organisationId: string, listNumber: number) {
  const [state] = await tx
    .select({
      size: statusLists.size,
      revision: sql<number>`(select coalesce(sum(p.revision), 0)::int from ${statusListPages} p
        where p.organisation_id = ${organisationId} and p.list_number = ${listNumber})`,
    })
    .from(statusLists)
    .where(and(eq(statusLists.organisationId, organisationId), eq(statusLists.number, listNumber)))
    .limit(1)
  return state
}

/** The list's bytes and the revision they show, read in one statement so that they belong together. */
export const readList = (database: Database, organisationId: string, listNumber: number) =>
  database.inOrganisation(organisationId, async (tx) => {
    const state = await findState(tx, organisationId, listNumber)
    const pages = await tx
      .select({
        page: statusListPages.page,
        bytes: statusListPages.bytes,
        revision: statusListPages.revision,
      })
      .from(statusListPages)
      .where(
        and(
          eq(statusListPages.organisationId, organisationId),
          eq(statusListPages.listNumber, listNumber),
        ),
      )
      .limit(Math.ceil(((state?.size ?? 0) * bitsPerStatus) / 8 / pageBytes) + 1)
    const bytes = Buffer.alloc(Math.ceil(((state?.size ?? 0) * bitsPerStatus) / 8))
    for (const page of pages) page.bytes.copy(bytes, page.page * pageBytes)
    return { bytes, revision: pages.reduce((sum, page) => sum + page.revision, 0) }
  })
