import { signJws } from '../jose/jws.ts'
import type { Signer } from '../jose/signer.ts'
import { accept, type Result, refuse } from '../result.ts'
import type { StatusListReference } from '../sd-jwt-vc/registered-claims.ts'
import { maxPrintedCharacters, packJws } from './packing.ts'

/** The `typ` of a compact credential: no other token of an issuer passes for one (S-04). */
export const compactType = 'mm+jwt'

export interface SignCompactOptions {
  /** Of {@link projectCompact}. */
  readonly claims: Readonly<Record<string, unknown>>
  readonly issuer: string
  /** UUID of the credential, with or without `urn:uuid:`. */
  readonly id: string
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly status?: StatusListReference
  readonly signer: Signer
}

/**
 * Signs a compact credential, without certificates: a verifier knows the issuer's keys by `iss` and `kid`. Refused
 * when it would not fit into a QR code that can be read from paper; nothing is cut off.
 */
export async function signCompactCredential({
  claims,
  issuer,
  id,
  issuedAt,
  expiresAt,
  status,
  signer,
}: SignCompactOptions): Promise<Result<string, 'compact_unprintable'>> {
  const payload = {
    iss: issuer,
    jti: id.replace(/^urn:uuid:/, ''),
    iat: toNumericDate(issuedAt),
    exp: toNumericDate(expiresAt),
    ...(status && { status: { status_list: status } }),
    ...claims,
  }
  const packed = packJws(await signJws({ header: { typ: compactType }, payload, signer }))
  return packed.length > maxPrintedCharacters
    ? refuse('compact_unprintable', 'Its texts are too long for a QR code on paper.')
    : accept(packed)
}

const toNumericDate = (date: Date) => Math.floor(date.getTime() / 1000)
