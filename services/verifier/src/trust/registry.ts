import { hash, type KeyObject, X509Certificate } from 'node:crypto'
import {
  algorithmOf,
  type CertificatePath,
  type CertificateRefusal,
  type Result,
  type TrustSource,
  verifyCertificatePath,
} from '@mikromerit/credentials'
import type { Clock, Database } from '@mikromerit/service-kit'
import { createTimedCache } from '../timed-cache.ts'
import { listTrustAnchors } from './anchors.ts'
import { findTrustedIssuer } from './issuers.ts'
import type { TrustedIssuer } from './schemas.ts'

/** What verification asks the registry, from memory where it can. */
export interface TrustRegistry extends TrustSource {
  /** Those of TRUST_ANCHORS_FILE and of development: in force without end. */
  readonly configuredAnchors: readonly X509Certificate[]
  /** The anchors in force now, for signatures that bring certificates in another form. */
  listAnchors(): Promise<readonly X509Certificate[]>
  findIssuer(identifier: string): Promise<TrustedIssuer | undefined>
  /** Forgets what is in memory: after a change through this replica. */
  forget(): void
}

export interface TrustRegistryOptions {
  readonly database: Database
  readonly clock: Clock
  /** From TRUST_ANCHORS_FILE, and in development our own. */
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
  const cacheOf = <V>(entries: number) => createTimedCache<V>({ clock, maxAgeSeconds, entries })
  const issuers = cacheOf<TrustedIssuer | undefined>(5_000)
  const registered = cacheOf<Anchor[]>(1)
  // An issuer's chain is the same in all it signs: two signature checks are saved on each. By digest, so that
  // long chains of strangers take no room.
  const paths = cacheOf<Result<CertificatePath, CertificateRefusal>>(1_000)

  const findAnchors = async (at: Date): Promise<X509Certificate[]> => {
    const anchors = await registered.get('all', () => loadAnchors(database))
    const inForce = anchors.filter(
      ({ since, until }) => since <= at && (until === undefined || at < until),
    )
    return [...configuredAnchors, ...inForce.map(({ certificate }) => certificate)]
  }
  return {
    configuredAnchors,
    checkPath: (x5c, keyKinds = 'es256') =>
      paths.get(keyKinds + hash('sha256', x5c.join()), async () => {
        const at = clock.now()
        const anchors = await findAnchors(at)
        const kinds = keyKinds === 'vc_jwt' ? { acceptsLeafKey: isVcKey } : {}
        return verifyCertificatePath({ x5c, anchors, at, ...kinds })
      }),
    listAnchors: () => findAnchors(clock.now()),
    findIssuer: (identifier) =>
      issuers.get(identifier, () => findTrustedIssuer(database, identifier)),
    forget: () => {
      for (const cache of [issuers, registered, paths]) cache.clear()
    },
  }
}

const isVcKey = (key: KeyObject): boolean => algorithmOf(key) !== undefined

async function loadAnchors(database: Database): Promise<Anchor[]> {
  const rows = await listTrustAnchors(database, { limit: maxAnchors })
  return rows.map(({ certificate, since, until }) => ({
    certificate: new X509Certificate(certificate),
    since: new Date(since),
    until: until === undefined ? undefined : new Date(until),
  }))
}
