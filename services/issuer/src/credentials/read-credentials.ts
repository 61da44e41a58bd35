import type { AwardStatus } from '@mikromerit/credentials'
import type { Transaction } from '@mikromerit/service-kit'
import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { StatusEntry } from '../status-lists/status-indexes.ts'
import type { IssuedCredential } from './schemas.ts'
import { credentials } from './table.ts'

type Row = typeof credentials.$inferSelect

/** More credentials of one award than anybody has wallets. */
const maxShown = 1_000

/** The credentials of each of these awards, oldest first; they have the status of their award. */
export async function listCredentials(
  tx: Transaction,
  organisationId: string,
  awards: readonly { readonly id: string; readonly status: AwardStatus }[],
): Promise<ReadonlyMap<string, IssuedCredential[]>> {
  const found = new Map(awards.map(({ id }): [string, IssuedCredential[]] => [id, []]))
  if (found.size === 0) return found
  const statuses = new Map(awards.map(({ id, status }) => [id, status]))
  const rows = await tx
    .select()
    .from(credentials)
    .where(
      and(
        eq(credentials.organisationId, organisationId),
        inArray(credentials.awardId, [...found.keys()]),
      ),
    )
    .orderBy(asc(credentials.id))
    .limit(maxShown)
  for (const row of rows)
    found.get(row.awardId)?.push(toIssuedCredential(row, statuses.get(row.awardId) ?? 'valid'))
  return found
}

/** Where the credentials of an award lie in the status lists: all of them, none may be missed. */
export const listStatusEntries = (
  tx: Transaction,
  organisationId: string,
  awardId: string,
): Promise<StatusEntry[]> =>
  tx
    .select({ listNumber: credentials.statusListNumber, index: credentials.statusIndex })
    .from(credentials)
    .where(and(eq(credentials.organisationId, organisationId), eq(credentials.awardId, awardId)))

/** The same for several awards. */
export const listStatusEntriesOf = (
  tx: Transaction,
  organisationId: string,
  awardIds: readonly string[],
): Promise<StatusEntry[]> =>
  tx
    .select({ listNumber: credentials.statusListNumber, index: credentials.statusIndex })
    .from(credentials)
    .where(
      and(
        eq(credentials.organisationId, organisationId),
        inArray(credentials.awardId, [...awardIds]),
      ),
    )

const toIssuedCredential = (row: Row, status: AwardStatus): IssuedCredential => ({
  id: row.id,
  configurationId: row.configurationId,
  status,
  issuedAt: row.issuedAt.toISOString(),
  ...(row.expiresAt && { expiresAt: row.expiresAt.toISOString() }),
  ...(row.notificationEvent &&
    row.notifiedAt && {
      notification: { event: row.notificationEvent, at: row.notifiedAt.toISOString() },
    }),
})

/** More than a statement may name (docs/reference/replacements.md): the newest of an award that was fetched without end. */
const maxNamed = 100

/** The ids of an award's credentials, the newest first. */
export async function listCredentialIds(
  tx: Transaction,
  organisationId: string,
  awardId: string,
): Promise<string[]> {
  const rows = await tx
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(eq(credentials.organisationId, organisationId), eq(credentials.awardId, awardId)))
    .orderBy(desc(credentials.id))
    .limit(maxNamed)
  return rows.map(({ id }) => id)
}

/** The award a credential was made from. */
export async function findAwardOf(
  tx: Transaction,
  organisationId: string,
  credentialId: string,
): Promise<string | undefined> {
  const [row] = await tx
    .select({ awardId: credentials.awardId })
    .from(credentials)
    .where(and(eq(credentials.organisationId, organisationId), eq(credentials.id, credentialId)))
    .limit(1)
  return row?.awardId
}
