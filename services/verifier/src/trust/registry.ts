import { X509Certificate } from 'node:crypto'
import type { Clock, Database } from '@mikromerit/service-kit'
import { createTimedCache } from '../timed-cache.ts'
import { listTrustAnchors } from './anchors.ts'
import { findTrustedIssuer } from './issuers.ts'
import type { TrustedIssuer } from './schemas.ts'

/** What verification asks the registry, from memory where it can. */
export interface TrustRegistry {
  /** Configured anchors, and those of the registry that are in force now. */
  anchors(): Promise<readonly X509Certificate[]>
  findIssuer(identifier: string): Promise<TrustedIssuer | undefined>
  /** Forgets what is in memory: after a change through this replica. */
  forget(): void
}

export interface TrustRegistryOptions {
  readonly database: Database
  readonly clock: Clock
  readonly configuredAnchors: readonly X509Certificate[]
}

interface Anchor {
  readonly certificate: X509Certificate
  readonly since: Date
  readonly until: Date | undefined
}

/** How long another replica may not know of a change. */
const maxAgeSeconds = 10
const maxAnchors = 1_000

export function createTrustRegistry(options: TrustRegistryOptions): TrustRegistry {
  const { database, clock, configuredAnchors } = options
  const issuers = createTimedCache<TrustedIssuer | undefined>({ clock, maxAgeSeconds, entries: 5_000 })
  const anchors = createTimedCache<Anchor[]>({ clock, maxAgeSeconds, entries: 1 })
  return {
    anchors: async () => {
      const registered = await anchors.get('all', () => loadAnchors(database))
      const now = clock.now()
      const inForce = registered.filter(
        ({ since, until }) => since <= now && (until === undefined || now < until),
      )
      return [...configuredAnchors, ...inForce.map(({ certificate }) => certificate)]
    },
    findIssuer: (identifier) =>
      issuers.get(identifier, () => findTrustedIssuer(database, identifier)),
    forget: () => {
      issuers.clear()
      anchors.clear()
    },
  }
}

async function loadAnchors(database: Database): Promise<Anchor[]> {
  const rows = await listTrustAnchors(database, { limit: maxAnchors })
  return rows.map(({ certificate, since, until }) => ({
    certificate: new X509Certificate(certificate),
    since: new Date(since),
    until: until === undefined ? undefined : new Date(until),
  }))
}
