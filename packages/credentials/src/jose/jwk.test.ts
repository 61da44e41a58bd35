import { generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import { importPublicJwk, jwkThumbprint, parsePublicJwk } from './jwk.ts'
import { generateSigningKey } from './signer.ts'

const { publicJwk, privateKey } = generateSigningKey()

const codeOf = (value: unknown) => {
  const parsed = parsePublicJwk(value)
  return parsed.ok ? 'ok' : parsed.code
}

describe('parsePublicJwk (F-20, S-08)', () => {
  it('reads a P-256 key and drops members it does not know', () => {
    const jwk = { ...publicJwk, kid: 'k', alg: 'ES256', use: 'sig', x5u: 'https://evil.example' }
    const { x5u: _, ...known } = jwk
    expect(parsePublicJwk(jwk)).toEqual({ ok: true, value: known })
  })

  it('refuses a private key, whatever the private member holds', () => {
    expect(codeOf(privateKey.export({ format: 'jwk' }))).toBe('jwk_private')
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])
      expect(codeOf({ ...publicJwk, [member]: '' })).toBe('jwk_private')
  })

  it('refuses other kinds of keys', () => {
    const others = [
      generateKeyPairSync('ec', { namedCurve: 'P-384' }),
      generateKeyPairSync('ed25519'),
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ]
    for (const { publicKey } of others)
      expect(codeOf(publicKey.export({ format: 'jwk' }))).toBe('jwk_unsupported')
    expect(codeOf({ kty: 'oct' })).toBe('jwk_unsupported')
  })

  it('refuses a point that is not on the curve', () => {
    const { y } = generateSigningKey().publicJwk
    expect(codeOf({ ...publicJwk, y })).toBe('jwk_malformed')
    const zero = Buffer.alloc(32).toString('base64url')
    expect(codeOf({ ...publicJwk, x: zero, y: zero })).toBe('jwk_malformed')
  })

  it('refuses coordinates of another length or encoding', () => {
    for (const x of [`${publicJwk.x}=`, publicJwk.x.slice(1), `A${publicJwk.x}`, 1, undefined])
      expect(codeOf({ ...publicJwk, x })).toBe('jwk_malformed')
  })

  it('refuses what is no key at all', () => {
    for (const value of [undefined, null, 'key', 1, []]) expect(codeOf(value)).toBe('jwk_malformed')
    expect(codeOf({ ...publicJwk, kid: 1 })).toBe('jwk_malformed')
  })
})

describe('jwkThumbprint (F-21)', () => {
  it('covers the required members in their order, and no others', async () => {
    const { kty, crv, x, y } = publicJwk
    expect(jwkThumbprint({ use: 'sig', y, x, kid: 'k', crv, kty })).toBe(
      await calculateJwkThumbprint({ kty, crv, x, y }),
    )
  })
})

describe('importPublicJwk', () => {
  it('imports a key once and answers with the same afterwards', () => {
    expect(importPublicJwk(publicJwk)).toBe(importPublicJwk(publicJwk))
    expect(importPublicJwk(publicJwk).equals(importPublicJwk({ ...publicJwk }))).toBe(true)
  })
})
