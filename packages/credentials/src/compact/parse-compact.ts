import { type Jws, type JwsRefusal, parseJws } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { type RegisteredClaims, readRegisteredClaims } from '../sd-jwt-vc/registered-claims.ts'
import { compactVct } from './normalise-compact.ts'
import { type PackingRefusal, unpackJws } from './packing.ts'
import { compactType } from './sign-compact.ts'

/** A compact credential taken apart; not to be believed before its signature was verified. */
export interface CompactCredential {
  readonly jws: Jws
  readonly claims: RegisteredClaims & { readonly issuer: string }
}

export type CompactRefusal = PackingRefusal | JwsRefusal | 'compact_type' | 'compact_claims'

/** Takes a compact credential apart (docs/reference/compact-credential.md). */
export function parseCompactCredential(text: string): Result<CompactCredential, CompactRefusal> {
  const token = unpackJws(text)
  if (!token.ok) return token
  const jws = parseJws(token.value)
  if (!jws.ok) return jws
  // S-04: another token of the same issuer must never pass for a credential.
  if (jws.value.header.typ !== compactType)
    return refuse('compact_type', `Its typ is not ${compactType}.`)
  const claims = readRegisteredClaims({ ...jws.value.payload, vct: compactVct })
  if (!claims.ok) return refuse('compact_claims', claims.detail)
  const { issuer } = claims.value
  // Without certificates nothing else says whose it is.
  if (issuer === undefined || issuer === '' || jws.value.header.kid === undefined)
    return refuse('compact_claims', 'It lacks iss or kid.')
  return accept({ jws: jws.value, claims: { ...claims.value, issuer } })
}
