import { constants, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { algorithmOf, findCurve, type VcAlgorithm } from './algorithms.ts'

/** Signs credentials with one key of any algorithm we know; a {@link Signer} of ES256 is one. */
export interface VcSigner {
  readonly kid: string
  readonly alg: VcAlgorithm
  readonly publicJwk: object
  /** Base64 DER, leaf first, without the anchor (RFC 7515 4.1.6). */
  readonly x5c?: readonly string[]
  sign(input: string): Buffer | Promise<Buffer>
}

/**
 * A signer for Open Badges of issuers that need RS256 to reach every verifier (I-55), or another algorithm.
 * @throws TypeError when the key is of no kind a credential can be signed with.
 */
export function createVcSigner({
  privateKey,
  kid,
}: {
  readonly privateKey: KeyObject
  readonly kid: string
}): VcSigner {
  const alg = privateKey.type === 'private' ? algorithmOf(privateKey) : undefined
  if (!alg) throw new TypeError('Credentials cannot be signed with a key of this kind.')
  return {
    kid,
    alg,
    publicJwk: createPublicKey(privateKey).export({ format: 'jwk' }),
    sign: (input) => signWith(privateKey, alg, Buffer.from(input)),
  }
}

function signWith(key: KeyObject, alg: VcAlgorithm, input: Buffer): Buffer {
  if (alg === 'EdDSA') return sign(null, input, key)
  if (alg === 'RS256') return sign('sha256', input, { key, padding: constants.RSA_PKCS1_PADDING })
  return sign(findCurve(key)?.hash, input, { key, dsaEncoding: 'ieee-p1363' })
}
