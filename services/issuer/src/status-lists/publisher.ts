import { signStatusListToken } from '@mikromerit/credentials'
import type { Clock, Database, Transaction } from '@mikromerit/service-kit'
import { and, eq, sql } from 'drizzle-orm'
import { buildDocument, type CachedDocument } from '../cached-document.ts'
import type { Issuer } from '../organisations/issuers.ts'
import { bitsPerStatus, pageBytes } from './flip.ts'
import { statusListPages, statusLists } from './table.ts'

export interface StatusListPublisher {
  /** The signed list (application/statuslist+jwt), or undefined when the organisation has no such list. */
  publish(issuer: Issuer, listNumber: number): Promise<CachedDocument | undefined>
}

interface Published {
  readonly document: CachedDocument
  readonly revision: number
  readonly signedAt: number
  checkedAt: number
}

interface PublisherOptions {
  readonly database: Database
  readonly clock: Clock
  readonly intervalSeconds: number
  readonly lifetimeSeconds: number
}

/** Signed lists kept in memory: 10 MB at the worst, since a list of a million entries is some 25 kB. */
const maxPublished = 400

/** The address of a list: in the credential, as `sub` of the token, and as the request's URL (I-49). */
export const buildStatusListUri = (issuer: Issuer, listNumber: number) =>
  `${issuer.identifier}/status-lists/${listNumber}`

/** Signs a list when it is asked for, has changed or grows old, and the interval has passed. */
export function createStatusListPublisher(options: PublisherOptions): StatusListPublisher {
  const published = new Map<string, Published>()
  const underWay = new Map<string, Promise<CachedDocument | undefined>>()

  const keep = (key: string, value: Published) => {
    published.delete(key)
    published.set(key, value)
    const oldest = published.keys().next()
    if (published.size > maxPublished && !oldest.done) published.delete(oldest.value)
  }

  const refresh = async (key: string, issuer: Issuer, listNumber: number) => {
    const now = options.clock.now().getTime()
    const held = published.get(key)
    const state = await readState(options.database, issuer.organisationId, listNumber)
    if (!state) return undefined
    if (held && held.revision === state.revision && !isOld(held, now, options.lifetimeSeconds)) {
      held.checkedAt = now
      return held.document
    }
    const signed = await signList(options, issuer, listNumber, new Date(now))
    keep(key, { ...signed, signedAt: now, checkedAt: now })
    return signed.document
  }

  return {
    publish(issuer, listNumber) {
      const key = `${issuer.organisationId}/${listNumber}`
      const held = published.get(key)
      const age = held ? options.clock.now().getTime() - held.checkedAt : Number.POSITIVE_INFINITY
      if (held && age < options.intervalSeconds * 1000) return Promise.resolve(held.document)
      // Requests that come while a list is read or signed share the answer only when an interval
      // allows it: at interval 0 whoever asks after a change must see it.
      const pending = options.intervalSeconds > 0 ? underWay.get(key) : undefined
      if (pending) return pending
      const answer = refresh(key, issuer, listNumber).finally(() => underWay.delete(key))
      underWay.set(key, answer)
      return answer
    },
  }
}

/** Signed anew at half its life, so that nobody receives a list about to expire. */
const isOld = (held: Published, now: number, lifetimeSeconds: number) =>
  now - held.signedAt >= (lifetimeSeconds * 1000) / 2

const readState = (database: Database, organisationId: string, listNumber: number) =>
  database.inOrganisation(organisationId, (tx) => findRevision(tx, organisationId, listNumber))

/** A list's revision is the sum of its pages': no row is shared by all changes. */
async function findRevision(tx: Transaction, organisationId: string, listNumber: number) {
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

async function signList(
  options: PublisherOptions,
  issuer: Issuer,
  listNumber: number,
  now: Date,
): Promise<{ document: CachedDocument; revision: number }> {
  const { bytes, revision } = await readList(options.database, issuer.organisationId, listNumber)
  const token = await signStatusListToken({
    uri: buildStatusListUri(issuer, listNumber),
    bits: bitsPerStatus,
    bytes,
    issuedAt: now,
    expiresAt: new Date(now.getTime() + options.lifetimeSeconds * 1000),
    // Status List draft 5.1: ttl is a positive number. At interval 0 a change is public at once, so nobody
    // may keep the list unasked: there is none, and Cache-Control says no-cache.
    ...(options.intervalSeconds > 0 ? { ttl: options.intervalSeconds } : {}),
    signer: issuer.signer,
  })
  return { document: buildDocument(token, 'application/statuslist+jwt'), revision }
}

/** The list's bytes and the revision they show, read in one statement so that they belong together. */
const readList = (database: Database, organisationId: string, listNumber: number) =>
  database.inOrganisation(organisationId, async (tx) => {
    const state = await findRevision(tx, organisationId, listNumber)
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
