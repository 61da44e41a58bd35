import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode, keys, now, nowSeconds } from '../../test/forged-token.ts'
import { aCredential, forgeOpenBadge, forgeVcJwt } from '../../test/forged-vc.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { signVcJwt } from './sign-vc-jwt.ts'
import { createVcSigner } from './vc-signer.ts'
import { verifyVcJwt } from './verify-vc-jwt.ts'

const key = importPublicJwk(keys.issuer.publicJwk)
const verify = (token: string, keysToTry: readonly KeyObject[] = [key], at = now) => {
  const verified = verifyVcJwt({ token, keys: keysToTry, now: at })
  return verified.ok ? 'ok' : verified.code
}

describe('verifyVcJwt', () => {
  it('accepts what one of the issuer’s keys signed', () => {
    const other = importPublicJwk(keys.stranger.publicJwk)
    expect(verify(forgeVcJwt(), [other, key])).toBe('ok')
    expect(verify(forgeVcJwt(), [other])).toBe('signature_invalid')
    expect(verify(forgeVcJwt(), [])).toBe('signature_invalid')
  })

  it('refuses any single changed character', () => {
    const token = forgeVcJwt()
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'Aa0-_.'), (at, other) => {
        fc.pre(token[at] !== other)
        expect(verify(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)).not.toBe('ok')
      }),
      { numRuns: 300 },
    )
  })

  const minute = 60
  it.for<[string, Record<string, unknown>, string]>([
    ['validFrom after the clock skew', { validFrom: '2026-11-24T12:01:01Z' }, 'not_yet_valid'],
    ['validFrom within it', { validFrom: '2026-11-24T12:01:00Z' }, 'ok'],
    ['nbf after the clock skew', { nbf: nowSeconds + minute + 1 }, 'not_yet_valid'],
    ['nbf within it', { nbf: nowSeconds + minute }, 'ok'],
    ['iat after the clock skew', { iat: nowSeconds + minute + 1 }, 'not_yet_valid'],
    ['validUntil now', { validUntil: '2026-11-24T12:00:00Z' }, 'expired'],
    ['validUntil a moment later', { validUntil: '2026-11-24T13:00:00.001+01:00' }, 'ok'],
    ['exp now', { exp: nowSeconds }, 'expired'],
    ['exp a second later', { exp: nowSeconds + 1 }, 'ok'],
    ['exp before validUntil', { exp: nowSeconds, validUntil: '2030-01-01T00:00:00Z' }, 'expired'],
    ['validUntil before exp', { exp: 2e9, validUntil: '2026-11-24T11:00:00Z' }, 'expired'],
  ])('judges %s (V-25, V-29)', ([, payload, expected]) => {
    expect(verify(forgeVcJwt({ payload }))).toBe(expected)
  })

  it('judges the period of an Open Badge', () => {
    const validUntil = '2026-11-24T12:00:00Z'
    const payload = { validUntil, exp: nowSeconds }
    expect(verify(forgeOpenBadge({ payload }))).toBe('expired')
    expect(verify(forgeOpenBadge({ payload }), [key], new Date(now.getTime() - 1))).toBe('ok')
  })
})

describe('the algorithm', () => {
  const pairs = {
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
    EdDSA: generateKeyPairSync('ed25519'),
    RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  }
  const sign = (alg: keyof typeof pairs) =>
    signVcJwt({
      credential: aCredential(),
      signer: createVcSigner({ privateKey: pairs[alg].privateKey, kid: alg }),
    })
  const algorithms = Object.keys(pairs) as (keyof typeof pairs)[]

  it.for(algorithms)('%s verifies with its key and no other', async (alg) => {
    const token = await sign(alg)
    const accepted = algorithms.filter((name) => verify(token, [pairs[name].publicKey]) === 'ok')
    expect(accepted).toEqual([alg])
  })

  it.for(algorithms)('is fixed by the key, not by the token: %s (S-05)', async (alg) => {
    const [, payload, signature] = (await sign(alg)).split('.')
    for (const other of [...algorithms, 'none', 'HS256', 'PS256', 'RS512'].filter(
      (a) => a !== alg,
    )) {
      const token = `${encode({ typ: 'vc+jwt', alg: other })}.${payload}.${signature}`
      expect(verify(token, [pairs[alg].publicKey])).toBe('signature_invalid')
    }
  })

  it('is never a MAC over the public key', () => {
    const publicKey = pairs.RS256.publicKey
    const input = `${encode({ typ: 'vc+jwt', alg: 'HS256' })}.${encode(aCredential())}`
    const secret = publicKey.export({ type: 'spki', format: 'pem' })
    const mac = createHmac('sha256', secret).update(input).digest('base64url')
    expect(verify(`${input}.${mac}`, [publicKey])).toBe('signature_invalid')
  })

  it('is none without a signature', () => {
    const token = `${encode({ typ: 'vc+jwt', alg: 'none' })}.${encode(aCredential())}.`
    expect(verify(token)).toBe('signature_invalid')
  })

  it.for(['none', 'HS256', 'ES384', 'RS256', 'es256'])(
    'in the header must be the key’s: %s',
    (alg) => {
      expect(verify(forgeVcJwt({ header: { alg } }))).toBe('signature_invalid')
    },
  )

  it('signs raw, not in DER (F-17)', () => {
    expect(verify(forgeVcJwt({ dsaEncoding: 'der' }))).toBe('signature_invalid')
  })

  it('takes no RSA key below 2048 bits, no other curve and no private key (S-08)', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const odd = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    for (const { privateKey } of [weak, odd])
      expect(() => createVcSigner({ privateKey, kid: 'x' })).toThrow(TypeError)
    expect(() => createVcSigner({ privateKey: pairs.ES256.publicKey, kid: 'x' })).toThrow(TypeError)
    const token = forgeVcJwt({ header: { alg: 'ES256' }, key: odd.privateKey })
    expect(verify(token, [odd.publicKey])).toBe('signature_invalid')
    expect(verify(await sign('ES256'), [pairs.ES256.privateKey])).toBe('signature_invalid')
  })
})
