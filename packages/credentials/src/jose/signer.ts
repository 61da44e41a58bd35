import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { jwkThumbprint, type PublicJwk } from './jwk.ts'

/**
 * Signs with one ES256 key. The software signer answers at once; a signer backed by a key management
 * service may answer later. The result is the raw `r || s` of RFC 7518 3.4, 64 bytes.
 */
export interface Signer {
  readonly kid: string
  readonly alg: 'ES256'
  readonly publicJwk: PublicJwk
  /** Base64 DER, leaf first, without the anchor (RFC 7515 4.1.6). */
  readonly x5c?: readonly string[]
  sign(input: string): Buffer | Promise<Buffer>
}

export interface SoftwareSignerOptions {
  readonly privateKey: KeyObject
  /** Default: the RFC 7638 thumbprint of the public key. */
  readonly kid?: string
  readonly x5c?: readonly string[]
}

/** @throws TypeError when the key is not an EC key on P-256. */
export function createSoftwareSigner({ privateKey, kid, x5c }: SoftwareSignerOptions): Signer {
  const publicJwk = exportPublicJwk(privateKey)
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return {
    kid: kid ?? jwkThumbprint(publicJwk),
    alg: 'ES256',
    publicJwk,
    ...(x5c && { x5c }),
    sign: (input) => sign('sha256', Buffer.from(input), key),
  }
}

/** A fresh P-256 key with its thumbprint as `kid`. */
export function generateSigningKey(): { privateKey: KeyObject; publicJwk: PublicJwk; kid: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicJwk = exportPublicJwk(privateKey)
  return { privateKey, publicJwk, kid: jwkThumbprint(publicJwk) }
}

function exportPublicJwk(privateKey: KeyObject): PublicJwk {
  const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y)
    throw new TypeError('A signer needs an EC key on P-256.')
  return { kty, crv, x, y }
}
