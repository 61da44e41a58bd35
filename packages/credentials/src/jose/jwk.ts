import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { accept, type Result, refuse } from '../result.ts'
import { decodeBase64url } from './base64url.ts'
import { isObject } from './json.ts'

/** A public key on P-256, the one curve our credentials and key proofs use (HAIP 1.0, section 7). */
export interface PublicJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
  readonly kid?: string
  readonly alg?: string
  readonly use?: string
}

export type JwkRefusal = 'jwk_malformed' | 'jwk_private' | 'jwk_unsupported'

// RFC 7518 6.2.2, 6.3.2, 6.4: whoever sends one of these has given a secret away.
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** Reads a P-256 public JWK (RFC 7517), refusing private members and points that are not on the curve (F-20, S-08). */
export function parsePublicJwk(value: unknown): Result<PublicJwk, JwkRefusal> {
  if (!isObject(value)) return refuse('jwk_malformed', 'The key is not a JSON object.')
  if (privateMembers.some((member) => Object.hasOwn(value, member))) {
    return refuse('jwk_private', 'The key holds private or symmetric members.')
  }
  const { kty, crv, x, y, kid, alg, use } = value
  if (kty !== 'EC' || crv !== 'P-256')
    return refuse('jwk_unsupported', 'Only EC keys on P-256 are supported.')
  if (!isCoordinate(x) || !isCoordinate(y)) {
    return refuse('jwk_malformed', 'The coordinates x and y must each be 32 bytes in base64url.')
  }
  for (const member of [kid, alg, use]) {
    if (member !== undefined && typeof member !== 'string') {
      return refuse('jwk_malformed', 'The members kid, alg and use must be strings.')
    }
  }
  const jwk: PublicJwk = Object.freeze({ kty, crv, x, y, ...pickStrings({ kid, alg, use }) })
  return isOnCurve(jwk) ? accept(jwk) : refuse('jwk_malformed', 'The point is not on the curve.')
}

// A key from outside is imported to check it, and again to verify with it: once is enough.
const imported = new WeakMap<PublicJwk, KeyObject>()

/** @throws Error when the point is not on the curve; {@link parsePublicJwk} has checked that for keys from outside. */
export function importPublicJwk(jwk: PublicJwk): KeyObject {
  const known = imported.get(jwk)
  if (known) return known
  const { kty, crv, x, y } = jwk
  const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })
  imported.set(jwk, key)
  return key
}

/** RFC 7638: SHA-256 over the required members in their order, base64url. */
export const jwkThumbprint = ({ crv, kty, x, y }: PublicJwk): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')

const isCoordinate = (value: unknown): value is string =>
  typeof value === 'string' && value.length === 43 && decodeBase64url(value)?.length === 32

function isOnCurve(jwk: PublicJwk): boolean {
  try {
    importPublicJwk(jwk)
    return true
  } catch {
    return false
  }
}

function pickStrings(members: Record<string, unknown>): {
  kid?: string
  alg?: string
  use?: string
} {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => typeof value === 'string'),
  )
}
