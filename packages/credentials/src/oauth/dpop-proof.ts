import { createHash, randomUUID } from 'node:crypto'
import { importPublicJwk, jwkThumbprint, parsePublicJwk } from '../jose/jwk.ts'
import { type Jws, parseJws, signJws, verifyJws } from '../jose/jws.ts'
import type { Signer } from '../jose/signer.ts'
import { accept, type Result, refuse } from '../result.ts'
import { type Freshness, isFresh, isTokenId } from './freshness.ts'

export type DpopRefusal =
  | 'dpop_malformed'
  | 'dpop_key'
  | 'dpop_signature'
  | 'dpop_mismatch'
  | 'dpop_time'

export interface VerifyDpopProofOptions extends Freshness {
  /** The one value of the header field `DPoP`. */
  readonly proof: string
  /** Method of the request the proof came with. */
  readonly method: string
  /** Public address of the endpoint, as the client sees it; query and fragment do not count. */
  readonly url: string
  /** The access token that came with it, at a protected resource. */
  readonly accessToken?: string
}

export interface DpopProof {
  /** RFC 7638 thumbprint of the client's key: `jkt` in `cnf`, `dpop_jkt` in PAR. */
  readonly thumbprint: string
  /** The caller records it, so that the proof works once (RFC 9449 11.1). */
  readonly jti: string
  readonly issuedAt: Date
  /** The server-provided nonce, which the caller checks. */
  readonly nonce?: string
}

/**
 * Checks a DPoP proof (RFC 9449 4.3, I-23): its type, its key, its signature, that it was made now for this request
 * and, where there is one, for this access token. Replay and nonce are the caller's to check.
 */
export function verifyDpopProof(options: VerifyDpopProofOptions): Result<DpopProof, DpopRefusal> {
  const parsed = parseJws(options.proof, { length: 8_192 })
  if (!parsed.ok) return refuse('dpop_malformed', 'The DPoP proof is not one well-formed JWT.')
  const jws = parsed.value
  if (jws.header.typ !== 'dpop+jwt')
    return refuse('dpop_malformed', 'The typ of a DPoP proof is dpop+jwt.')
  const jwk = parsePublicJwk(jws.header.jwk)
  if (!jwk.ok || jws.header.alg !== 'ES256')
    return refuse(
      'dpop_key',
      'A DPoP proof carries a public EC key on P-256 and is signed by ES256.',
    )
  if (!verifyJws(jws, importPublicJwk(jwk.value)))
    return refuse('dpop_signature', 'The signature of the DPoP proof does not fit its key.')
  return checkClaims(jws, options, jwkThumbprint(jwk.value))
}

function checkClaims(
  { payload: { jti, htm, htu, iat, ath, nonce } }: Jws,
  options: VerifyDpopProofOptions,
  thumbprint: string,
): Result<DpopProof, DpopRefusal> {
  if (!isTokenId(jti)) return refuse('dpop_malformed', 'A DPoP proof has a jti of its own.')
  if (nonce !== undefined && typeof nonce !== 'string')
    return refuse('dpop_malformed', 'The nonce of a DPoP proof is a string.')
  if (htm !== options.method || toTarget(htu) !== toTarget(options.url))
    return refuse('dpop_mismatch', 'The DPoP proof was made for another request.')
  if (options.accessToken !== undefined && ath !== hashAccessToken(options.accessToken))
    return refuse('dpop_mismatch', 'The DPoP proof was made for another access token.')
  if (!isFresh(iat, options))
    return refuse('dpop_time', 'The DPoP proof is too old or from the future.')
  const issuedAt = new Date(iat * 1000)
  return accept({ thumbprint, jti, issuedAt, ...(nonce !== undefined && { nonce }) })
}

export interface CreateDpopProofOptions {
  readonly signer: Signer
  readonly method: string
  readonly url: string
  readonly issuedAt: Date
  readonly accessToken?: string
  readonly nonce?: string
}

/** Signs a DPoP proof for one request (RFC 9449 4.2). */
export async function createDpopProof(options: CreateDpopProofOptions): Promise<string> {
  const { signer, method, url, issuedAt, accessToken, nonce } = options
  const { kty, crv, x, y } = signer.publicJwk
  return signJws({
    header: { typ: 'dpop+jwt', jwk: { kty, crv, x, y } },
    payload: {
      jti: randomUUID(),
      htm: method,
      htu: toTarget(url),
      iat: Math.floor(issuedAt.getTime() / 1000),
      ...(accessToken !== undefined && { ath: hashAccessToken(accessToken) }),
      ...(nonce !== undefined && { nonce }),
    },
    signer,
  })
}

/** RFC 9449 4.2: `ath`, base64url SHA-256 over the ASCII of the access token. */
const hashAccessToken = (token: string) => createHash('sha256').update(token).digest('base64url')

/** RFC 9449 4.3: compared without query and fragment, after the normalisation of RFC 3986 6.2.2 and 6.2.3. */
function toTarget(url: unknown): string | undefined {
  const parsed = typeof url === 'string' ? URL.parse(url) : null
  return parsed ? `${parsed.origin}${parsed.pathname}` : undefined
}
