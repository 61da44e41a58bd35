import type { X509Certificate } from 'node:crypto'
import { Check } from 'typebox/value'
import {
  certificateNames,
  parseCertificateChain,
  verifyCertificatePath,
} from '../jose/certificates.ts'
import { type Jws, parseJws, verifyJws } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { BundlePayload, maxBundleLength } from './schema.ts'
import { bundleType } from './sign-bundle.ts'

export const bundleRefusals = [
  'bundle_malformed',
  'bundle_too_large',
  'bundle_untrusted',
  'bundle_signature',
  'bundle_signer',
  'bundle_not_yet_valid',
  'bundle_expired',
] as const
export type BundleRefusal = (typeof bundleRefusals)[number]

/** A bundle whose signature was checked. */
export interface TrustBundle {
  /** The verifier that made it. */
  readonly issuer: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly content: BundlePayload
  readonly anchors: readonly AnchorPeriod[]
}

export interface AnchorPeriod {
  readonly certificate: X509Certificate
  readonly since?: Date
  readonly until?: Date
}

export interface VerifyBundleOptions {
  readonly token: string
  /** Whom the reader trusts to certify makers of bundles; never out of the bundle itself. */
  readonly anchors: readonly X509Certificate[]
  readonly now: Date
  /** Given: only a bundle of this verifier counts. */
  readonly issuer?: string
}

const limits = { length: maxBundleLength, depth: 32, members: 1_000_000 }
const skewMs = 60_000

/**
 * Checks a trust bundle before anything in it is believed: form, period, the path from `x5c` to an anchor of the reader
 * (V-18), the signature, and that the certificate is its maker's.
 */
export function verifyTrustBundle(
  options: VerifyBundleOptions,
): Result<TrustBundle, BundleRefusal> {
  const { token, now } = options
  const parsed = parseJws(token.trim(), limits)
  if (!parsed.ok)
    return parsed.code === 'jws_too_large'
      ? refuse('bundle_too_large', 'The bundle is larger than is read here.')
      : malformed(parsed.detail)
  // S-04: another token of the same signer must never pass for a bundle.
  if (parsed.value.header.typ !== bundleType) return malformed(`Its typ is not ${bundleType}.`)
  const { payload } = parsed.value
  if (!Check(BundlePayload, payload)) return malformed('Its payload is not that of a bundle.')
  // First: outside the period its certificate may not be in force either, which would tell the reader less.
  if (payload.iat * 1_000 > now.getTime() + skewMs)
    return refuse('bundle_not_yet_valid', 'The bundle was made later than this moment.')
  if (payload.exp * 1_000 <= now.getTime())
    return refuse('bundle_expired', 'The bundle has expired.')
  const fault = checkSigner(parsed.value, options)
  if (fault) return fault
  return toBundle(payload)
}

/** Signed by a key that an anchor of the reader certifies for whom the bundle names. */
function checkSigner(jws: Jws, { anchors, now, issuer }: VerifyBundleOptions) {
  const { x5c } = jws.header
  if (!x5c) return refuse('bundle_untrusted', 'The bundle brings no certificate.')
  const path = verifyCertificatePath({ x5c, anchors, at: now })
  if (!path.ok) return refuse('bundle_untrusted', path.detail)
  const { leaf } = path.value
  if (!verifyJws(jws, leaf.publicKey))
    return refuse('bundle_signature', 'The bundle was altered, or another key signed it.')
  const { iss } = jws.payload
  const isNamed = typeof iss === 'string' && certificateNames(leaf).uris.includes(iss)
  if (!isNamed || (issuer !== undefined && iss !== issuer))
    return refuse('bundle_signer', 'The bundle is not of the verifier it should be of.')
  return undefined
}

function toBundle(content: BundlePayload): Result<TrustBundle, BundleRefusal> {
  const anchors: AnchorPeriod[] = []
  for (const { certificate: encoded, since, until } of content.anchors) {
    const [certificate] = parseCertificateChain([encoded]) ?? []
    if (!certificate) return malformed('One of its anchors is no certificate.')
    anchors.push({
      certificate,
      ...(since !== undefined && { since: new Date(since) }),
      ...(until !== undefined && { until: new Date(until) }),
    })
  }
  return accept({
    issuer: content.iss,
    createdAt: new Date(content.iat * 1_000),
    expiresAt: new Date(content.exp * 1_000),
    content,
    anchors,
  })
}

const malformed = (detail: string) =>
  refuse('bundle_malformed', `This is not a trust bundle, or it is damaged. ${detail}`)
