import { constants, type KeyObject, verify } from 'node:crypto'
import type { Jws } from '../jose/jws.ts'

/**
 * Algorithms that we read on credentials of others. RS256 is the least that every Open Badges verifier supports
 * (I-55); HAIP's ES256 is what we sign with ourselves unless an issuer chooses otherwise.
 */
export const vcAlgorithms = ['ES256', 'ES384', 'ES512', 'EdDSA', 'RS256'] as const
export type VcAlgorithm = (typeof vcAlgorithms)[number]

interface EllipticCurve {
  readonly curve: string
  readonly alg: VcAlgorithm
  readonly hash: string
  readonly signatureBytes: number
}

const ellipticCurves: readonly EllipticCurve[] = [
  { curve: 'prime256v1', alg: 'ES256', hash: 'sha256', signatureBytes: 64 },
  { curve: 'secp384r1', alg: 'ES384', hash: 'sha384', signatureBytes: 96 },
  { curve: 'secp521r1', alg: 'ES512', hash: 'sha512', signatureBytes: 132 },
]

export const findCurve = (key: KeyObject): EllipticCurve | undefined =>
  key.asymmetricKeyType === 'ec'
    ? ellipticCurves.find(({ curve }) => curve === key.asymmetricKeyDetails?.namedCurve)
    : undefined

/** The one algorithm a key may be used with, or undefined when we use no key of its kind (S-05, S-08). */
export function algorithmOf(key: KeyObject): VcAlgorithm | undefined {
  if (key.type === 'secret') return undefined
  if (key.asymmetricKeyType === 'ed25519') return 'EdDSA'
  if (key.asymmetricKeyType === 'rsa') return isStrongRsa(key) ? 'RS256' : undefined
  return findCurve(key)?.alg
}

/** Whether the key signed this. The key fixes the algorithm; the token only has to agree (S-05). */
export function verifyVcSignature(
  { header, signingInput, signature }: Pick<Jws, 'header' | 'signingInput' | 'signature'>,
  key: KeyObject,
): boolean {
  const alg = key.type === 'public' ? algorithmOf(key) : undefined
  if (alg === undefined || header.alg !== alg) return false
  const input = Buffer.from(signingInput)
  if (alg === 'EdDSA') return verify(null, input, key, signature)
  if (alg === 'RS256') {
    return verify('sha256', input, { key, padding: constants.RSA_PKCS1_PADDING }, signature)
  }
  const curve = findCurve(key)
  // F-17: raw r || s, so its length is known; DER is refused.
  if (!curve || signature.length !== curve.signatureBytes) return false
  return verify(curve.hash, input, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/** The upper bound keeps a stranger's key from costing us seconds. */
function isStrongRsa({ asymmetricKeyDetails }: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n } = asymmetricKeyDetails ?? {}
  return (
    modulusLength >= 2048 &&
    modulusLength <= 8192 &&
    publicExponent > 1n &&
    publicExponent < 2n ** 33n &&
    publicExponent % 2n === 1n
  )
}
