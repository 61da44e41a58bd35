import { X509Certificate } from 'node:crypto'
import { type Database, Problem } from '@mikromerit/service-kit'
import { asc, eq, gt } from 'drizzle-orm'
import type { TrustAnchor, TrustAnchorDraft } from './schemas.ts'
import { trustAnchors } from './table.ts'

type Row = typeof trustAnchors.$inferSelect

/** Anchors in the order of their ids. */
export async function listTrustAnchors(
  database: Database,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<TrustAnchor[]> {
  const rows = await database.drizzle
    .select()
    .from(trustAnchors)
    .where(after === undefined ? undefined : gt(trustAnchors.id, after))
    .orderBy(asc(trustAnchors.id))
    .limit(limit)
  return rows.map(toTrustAnchor)
}

export async function readTrustAnchor(database: Database, id: string): Promise<TrustAnchor> {
  const [row] = await database.drizzle
    .select()
    .from(trustAnchors)
    .where(eq(trustAnchors.id, id))
    .limit(1)
  if (!row) throw new Problem('trust-anchor-not-found')
  return toTrustAnchor(row)
}

/** Stores an anchor whole, new or not. */
export async function putTrustAnchor(
  database: Database,
  { id, draft, now }: { id: string; draft: TrustAnchorDraft; now: Date },
): Promise<TrustAnchor> {
  const values = {
    label: draft.label,
    pem: parseAuthority(draft.certificate).toString(),
    since: new Date(draft.since),
    until: readEnd(draft),
    updatedAt: now,
  }
  const [row] = await database.drizzle
    .insert(trustAnchors)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: trustAnchors.id, set: values })
    .returning()
  if (!row) throw new Error('An upsert answers with its row')
  return toTrustAnchor(row)
}

/** One certificate of an authority: a leaf as anchor would let its holder speak for nobody else, and a bundle hides some. */
function parseAuthority(pem: string): X509Certificate {
  const isSingle = pem.match(/-----BEGIN CERTIFICATE-----/g)?.length === 1
  const certificate = isSingle ? tryParse(pem) : undefined
  if (!certificate?.ca) throw new Problem('trust-anchor-invalid')
  return certificate
}

function tryParse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

function readEnd({ since, until }: TrustAnchorDraft): Date | null {
  if (until === undefined) return null
  if (new Date(since) < new Date(until)) return new Date(until)
  throw new Problem('trust-anchor-invalid', {
    errors: [{ pointer: '/until', detail: 'The period must end after it begins.' }],
  })
}

function toTrustAnchor({ pem, since, until, updatedAt, ...row }: Row): TrustAnchor {
  const certificate = new X509Certificate(pem)
  return {
    ...row,
    certificate: pem,
    subject: certificate.subject,
    notAfter: certificate.validToDate.toISOString(),
    since: since.toISOString(),
    ...(until && { until: until.toISOString() }),
    updatedAt: updatedAt.toISOString(),
  }
}
