import type { Clock, Database } from '@mikromerit/service-kit'
import type { CachedDocument } from '../cached-document.ts'
import type { Issuer } from '../organisations/issuers.ts'
import { type ListView, signView } from './list-views.ts'
import { readList, readState } from './read-list.ts'

/** A list of an organisation in one of its forms. */
interface Wanted {
  readonly issuer: Issuer
  readonly listNumber: number
  readonly view: ListView
}

export interface StatusListPublisher {
  /** The signed list, or undefined when the organisation has no such list. */
  publish(wanted: Wanted): Promise<CachedDocument | undefined>
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

  const refresh = async (key: string, wanted: Wanted) => {
    const { issuer, listNumber } = wanted
    const now = options.clock.now().getTime()
    const held = published.get(key)
    const state = await readState(options.database, issuer.organisationId, listNumber)
    if (!state) return undefined
    if (held && held.revision === state.revision && !isOld(held, now, options.lifetimeSeconds)) {
      held.checkedAt = now
      return held.document
    }
    const signed = await signList(options, wanted, new Date(now))
    keep(key, { ...signed, signedAt: now, checkedAt: now })
    return signed.document
  }

  return {
    publish(wanted) {
      const key = `${wanted.issuer.organisationId}/${wanted.listNumber}/${wanted.view}`
      const held = published.get(key)
      const age = held ? options.clock.now().getTime() - held.checkedAt : Number.POSITIVE_INFINITY
      if (held && age < options.intervalSeconds * 1000) return Promise.resolve(held.document)
      // Requests that come while a list is read or signed share the answer only when an interval
      // allows it: at interval 0 whoever asks after a change must see it.
      const pending = options.intervalSeconds > 0 ? underWay.get(key) : undefined
      if (pending) return pending
      const answer = refresh(key, wanted).finally(() => underWay.delete(key))
      underWay.set(key, answer)
      return answer
    },
  }
}

/** Signed anew at half its life, so that nobody receives a list about to expire. */
const isOld = (held: Published, now: number, lifetimeSeconds: number) =>
  now - held.signedAt >= (lifetimeSeconds * 1000) / 2

async function signList(
  options: PublisherOptions,
  { issuer, listNumber, view }: Wanted,
  now: Date,
): Promise<{ document: CachedDocument; revision: number }> {
  const { bytes, revision } = await readList(options.database, issuer.organisationId, listNumber)
  const document = await signView(issuer, view, {
    listNumber,
    bytes,
    issuedAt: now,
    expiresAt: new Date(now.getTime() + options.lifetimeSeconds * 1000),
    intervalSeconds: options.intervalSeconds,
  })
  return { document, revision }
}
