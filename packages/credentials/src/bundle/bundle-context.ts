import type { KeyObject } from 'node:crypto'
import { parseStatusListCredential } from '../bitstring-status-list/parse.ts'
import { verifyCertificatePath } from '../jose/certificates.ts'
import { accept, type Refusal, refuse } from '../result.ts'
import { authorise } from '../trust/authorise.ts'
import { createIssuerKeys, type TrustSource } from '../trust/issuer-keys.ts'
import { createPublishedKeys } from '../trust/published-keys.ts'
import { algorithmOf } from '../vc-jose/algorithms.ts'
import type {
  IssuerKeyQuery,
  IssuerKeyResolution,
  StatusFetchRefusal,
  VerificationContext,
} from '../verification/context.ts'
import type { StatusSnapshot } from './schema.ts'
import type { TrustBundle } from './verify-bundle.ts'

/** What verification asks, answered out of a bundle alone: nothing is fetched, and what the bundle cannot say stays open. */
export function createBundleContext(bundle: TrustBundle, now: Date): VerificationContext {
  const trust = createTrust(bundle, now)
  const issuerKeys = createIssuerKeys({ trust, published: createPublishedKeys(documents(bundle)) })
  const find = (uri: string, kind: StatusSnapshot['kind']) =>
    findSnapshot(bundle, { uri, kind, now })
  return {
    now,
    resolveIssuerKeys: async (query) => {
      if (query.issuer !== undefined && !(await isCovered(trust, bundle, query.issuer)))
        return notBundled
      return settle(await issuerKeys.resolve(query), { trust, bundle, query })
    },
    fetchStatusListToken: async (uri) => find(uri, 'token'),
    fetchBitstringStatusList: async (uri) => {
      const snapshot = find(uri, 'bitstring')
      return snapshot.ok ? parseStatusListCredential(snapshot.value) : snapshot
    },
    fetchRevocationList: async (uri) => find(uri, 'revocations'),
    authorise: async (query) =>
      (await isCovered(trust, bundle, query.issuer))
        ? authorise(trust, query)
        : { outcome: 'undetermined', code: 'not_in_bundle' },
  }
}

function createTrust({ anchors, content }: TrustBundle, now: Date): TrustSource {
  const inForce = anchors
    .filter(({ since, until }) => (!since || since <= now) && (!until || now < until))
    .map(({ certificate }) => certificate)
  const issuers = new Map(content.issuers.map((entry) => [entry.identifier, entry]))
  return {
    checkPath: async (x5c, keyKinds = 'es256') =>
      verifyCertificatePath({
        x5c,
        anchors: inForce,
        at: now,
        ...(keyKinds === 'vc_jwt' && { acceptsLeafKey: isVcKey }),
      }),
    findIssuer: async (identifier) => issuers.get(identifier),
  }
}

const isVcKey = (key: KeyObject): boolean => algorithmOf(key) !== undefined

function documents({ content }: TrustBundle) {
  const known = new Map(content.issuerDocuments.map(({ url, document }) => [url, document]))
  const get = async (url: string) => {
    const value = known.get(url)
    return value ? accept(value) : missing
  }
  // Nobody can look again: a key that is not there may have been published since.
  return { get, refresh: async () => missing }
}

const missing = { ok: false } as const

/**
 * A bundle made for some issuers says nothing of others: that the registry does not list one would otherwise count as
 * its standing on a trust anchor alone.
 */
const isCovered = async (
  trust: TrustSource,
  { content: { issuersAskedFor } }: TrustBundle,
  issuer: string,
): Promise<boolean> =>
  issuersAskedFor === undefined ||
  issuersAskedFor.includes(issuer) ||
  (await trust.findIssuer(issuer)) !== undefined

const notBundled: IssuerKeyResolution = {
  outcome: 'not_bundled',
  detail: 'The bundle does not hold what is needed of this issuer.',
}

/** What could be otherwise by now accuses nobody. */
async function settle(
  resolution: IssuerKeyResolution,
  asked: {
    readonly trust: TrustSource
    readonly bundle: TrustBundle
    readonly query: IssuerKeyQuery
  },
): Promise<IssuerKeyResolution> {
  const { outcome } = resolution
  if (outcome === 'untrusted' || outcome === 'unreachable') return notBundled
  const { issuer = outcome === 'found' ? resolution.issuer : undefined, signedAt } = asked.query
  if (issuer === undefined) return resolution
  if (!(await isCovered(asked.trust, asked.bundle, issuer))) return notBundled
  // Signed after the registry was asked: it may list the key by now.
  const isLater = signedAt !== undefined && signedAt > asked.bundle.createdAt
  const { keys } = (await asked.trust.findIssuer(issuer)) ?? {}
  return outcome === 'mismatch' && isLater && keys ? notBundled : resolution
}

function findSnapshot(
  { content }: TrustBundle,
  { uri, kind, now }: Pick<StatusSnapshot, 'uri' | 'kind'> & { readonly now: Date },
): { readonly ok: true; readonly value: string } | Refusal<StatusFetchRefusal> {
  const snapshot = content.statusLists.find((list) => list.uri === uri && list.kind === kind)
  if (!snapshot) return refuse('snapshot_missing', 'The bundle does not hold this status list.')
  const age = (now.getTime() - new Date(snapshot.fetchedAt).getTime()) / 1_000
  return age > content.policy.statusMaxAgeSeconds
    ? refuse('snapshot_stale', 'The status list in the bundle is too old to say anything.')
    : accept(snapshot.list)
}
