import {
  importPublicJwk,
  type Jws,
  type PublicJwk,
  parseJws,
  parsePublicJwk,
  verifyJws,
} from '@mikromerit/credentials'

export interface ProofExpectation {
  /** The Credential Issuer Identifier. */
  readonly audience: string
  readonly clientId?: string | undefined
  readonly now: Date
}

export type KeyProof =
  | { ok: true; holderKey: PublicJwk; nonce: string }
  | { ok: false; detail: string }

/** A proof is made for one request: this old it is a stored one (S-25 allows for slow clocks). */
const maxAgeSeconds = 300
const clockSkewSeconds = 60

/**
 * Checks a key proof of type jwt (OpenID4VCI appendix F.1 and F.4, I-35): that it is one, that its key
 * signed it, and that it was made for this issuer, now. Whether its nonce is ours is checked after it.
 */
export function verifyKeyProof(proof: string, expected: ProofExpectation): KeyProof {
  const parsed = parseJws(proof)
  if (!parsed.ok) return refuse('The proof is not a well-formed JWT')
  const jws = parsed.value
  const key = readHolderKey(jws)
  if (!key.ok) return key
  if (!verifyJws(jws, importPublicJwk(key.holderKey)))
    return refuse('The signature of the proof does not fit its key')
  const fault = findClaimFault(jws.payload, expected)
  if (fault) return refuse(fault)
  const { nonce } = jws.payload
  // I-36: there is a nonce endpoint, so a proof without nonce could be replayed.
  if (typeof nonce !== 'string') return refuse('The proof carries no nonce')
  return { ok: true, holderKey: key.holderKey, nonce }
}

const refuse = (detail: string) => ({ ok: false, detail }) as const

type HolderKey = { ok: true; holderKey: PublicJwk } | { ok: false; detail: string }

function readHolderKey({ header }: Jws): HolderKey {
  if (header.typ !== 'openid4vci-proof+jwt')
    return refuse('The typ of the proof must be openid4vci-proof+jwt')
  // S-05: one algorithm, that of the metadata; none and MACs never.
  if (header.alg !== 'ES256') return refuse('The alg of the proof must be ES256')
  const given = ['jwk', 'kid', 'x5c', 'trust_chain'].filter((name) => Object.hasOwn(header, name))
  if (given.length !== 1 || given[0] !== 'jwk')
    return refuse('The proof must name its key by the header parameter jwk alone')
  const jwk = parsePublicJwk(header.jwk)
  if (!jwk.ok) return refuse('The jwk of the proof must be a public EC key on the curve P-256')
  return { ok: true, holderKey: jwk.value }
}

function findClaimFault(claims: Record<string, unknown>, expected: ProofExpectation) {
  // S-03: exactly the identifier, as a string; an array could name others too.
  if (claims.aud !== expected.audience)
    return 'The aud of the proof must be the Credential Issuer Identifier'
  // An anonymous wallet has no client_id it could be the issuer of (I-35).
  if (claims.iss !== undefined && claims.iss !== expected.clientId)
    return 'The iss of the proof must be the client_id, and absent for an anonymous wallet'
  if (typeof claims.iat !== 'number' || !Number.isFinite(claims.iat))
    return 'The proof must carry iat as a number'
  const age = expected.now.getTime() / 1000 - claims.iat
  if (age < -clockSkewSeconds || age > maxAgeSeconds)
    return 'The iat of the proof lies outside the accepted window'
  return undefined
}
