import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseVerificationJwk } from './keys.ts'

const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).publicKey
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).publicKey
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' })
const codeOf = (jwk: unknown) => {
  const parsed = parseVerificationJwk(jwk)
  return parsed.ok ? 'ok' : parsed.code
}

const p256 = jwkOf(ec('P-256'))
const p384 = jwkOf(ec('P-384'))
const ed25519 = jwkOf(generateKeyPairSync('ed25519').publicKey)

describe('parseVerificationJwk', () => {
  it.for([
    ['P-256', p256],
    ['P-384', p384],
    ['P-521', jwkOf(ec('P-521'))],
    ['Ed25519', ed25519],
    ['RSA of 2048 bits', jwkOf(rsa(2048))],
  ] as const)('reads a key of %s', ([, jwk]) => {
    const parsed = parseVerificationJwk({ ...jwk, kid: 'x', use: 'sig' })
    expect(parsed.ok && jwkOf(parsed.value)).toEqual(jwk)
  })

  it.for<[string, unknown, string]>([
    ['no object', 'key', 'jwk_malformed'],
    ['a private key', jwkOf(generateKeyPairSync('ed25519').privateKey), 'jwk_private'],
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }, 'jwk_private'],
    ['no kty', { ...p256, kty: undefined }, 'jwk_unsupported'],
    ['a kty from the prototype', { kty: 'constructor' }, 'jwk_unsupported'],
    ['another curve', jwkOf(ec('secp256k1')), 'jwk_unsupported'],
    [
      'X25519, which signs nothing',
      jwkOf(generateKeyPairSync('x25519').publicKey),
      'jwk_unsupported',
    ],
    ['RSA of 1024 bits (S-08)', jwkOf(rsa(1024)), 'jwk_unsupported'],
    ['RSA with the exponent 1', { ...jwkOf(rsa(2048)), e: 'AQ' }, 'jwk_unsupported'],
    ['a point off the curve', { ...p256, x: p256.y }, 'jwk_malformed'],
    ['a missing coordinate', { ...p256, y: undefined }, 'jwk_malformed'],
    ['a coordinate that is far too long', { ...p256, y: 'A'.repeat(2049) }, 'jwk_malformed'],
    ['an alg of another key', { ...p384, alg: 'ES256' }, 'jwk_unsupported'],
    ['a use other than signing', { ...p256, use: 'enc' }, 'jwk_unsupported'],
  ])('refuses %s', ([, jwk, code]) => {
    expect(codeOf(jwk)).toBe(code)
  })

  it('knows both names of the algorithm of Ed25519', () => {
    expect(codeOf({ ...ed25519, alg: 'EdDSA' })).toBe('ok')
    expect(codeOf({ ...ed25519, alg: 'Ed25519' })).toBe('ok')
  })
})
