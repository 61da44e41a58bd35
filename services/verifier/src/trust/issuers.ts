import { parsePublicJwk } from '@mikromerit/credentials'
import { type Database, isUniqueViolation, Problem } from '@mikromerit/service-kit'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { TrustedIssuer, TrustedIssuerDraft } from './schemas.ts'
import { trustedIssuers } from './table.ts'

type Row = typeof trustedIssuers.$inferSelect

export interface IssuerFilter {
  readonly limit: number
  /** id after which the page begins */
  readonly after?: string | undefined
  readonly identifier?: string | undefined
}

/** Entries in the order of their ids. */
export async function listTrustedIssuers(
  database: Database,
  { limit, after, identifier }: IssuerFilter,
): Promise<TrustedIssuer[]> {
  const rows = await database.drizzle
    .select()
    .from(trustedIssuers)
    .where(
      and(
        after === undefined ? undefined : gt(trustedIssuers.id, after),
        identifier === undefined ? undefined : eq(trustedIssuers.identifier, identifier),
      ),
    )
    .orderBy(asc(trustedIssuers.id))
    .limit(limit)
  return rows.map(toTrustedIssuer)
}

export async function readTrustedIssuer(database: Database, id: string): Promise<TrustedIssuer> {
  const [row] = await database.drizzle
    .select()
    .from(trustedIssuers)
    .where(eq(trustedIssuers.id, id))
    .limit(1)
  if (!row) throw new Problem('trusted-issuer-not-found')
  return toTrustedIssuer(row)
}

/** The entry about an issuer, by the `iss` of its credentials. */
export async function findTrustedIssuer(
  database: Database,
  identifier: string,
): Promise<TrustedIssuer | undefined> {
  const [entry] = await listTrustedIssuers(database, { limit: 1, identifier })
  return entry
}

/** Stores an entry whole, new or not. */
export async function putTrustedIssuer(
  database: Database,
  { id, draft, now }: { id: string; draft: TrustedIssuerDraft; now: Date },
): Promise<TrustedIssuer> {
  checkDraft(draft)
  const values = {
    identifier: draft.identifier,
    legalName: draft.legalName,
    since: new Date(draft.since),
    until: draft.until === undefined ? null : new Date(draft.until),
    mayAward: draft.mayAward ?? null,
    keys: draft.keys ?? null,
    updatedAt: now,
  }
  try {
    const [row] = await database.drizzle
      .insert(trustedIssuers)
      .values({ id, ...values })
      .onConflictDoUpdate({ target: trustedIssuers.id, set: values })
      .returning()
    if (!row) throw new Error('An upsert answers with its row')
    return toTrustedIssuer(row)
  } catch (error) {
    if (isUniqueViolation(error, 'trusted_issuers_by_identifier'))
      throw new Problem('issuer-identifier-taken')
    throw error
  }
}

function checkDraft({ since, until, keys = [] }: TrustedIssuerDraft): void {
  const isBackwards = until !== undefined && new Date(until) <= new Date(since)
  const errors = [
    ...(isBackwards ? [{ pointer: '/until', detail: 'The period must end after it begins.' }] : []),
    ...keys.flatMap((key, at) => {
      const parsed = parsePublicJwk(key)
      return parsed.ok ? [] : [{ pointer: `/keys/${at}`, detail: parsed.detail }]
    }),
  ]
  if (errors.length > 0) throw new Problem('trusted-issuer-invalid', { errors })
}

const toTrustedIssuer = ({
  since,
  until,
  mayAward,
  keys,
  updatedAt,
  ...row
}: Row): TrustedIssuer => ({
  ...row,
  since: since.toISOString(),
  ...(until && { until: until.toISOString() }),
  ...(mayAward && { mayAward }),
  // What is stored was checked against the schema, and the column's type is wider.
  ...(keys && { keys: keys as NonNullable<TrustedIssuer['keys']> }),
  updatedAt: updatedAt.toISOString(),
})
