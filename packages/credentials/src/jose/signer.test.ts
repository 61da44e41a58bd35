import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { jwkThumbprint } from './jwk.ts'
import { createSoftwareSigner, generateSigningKey } from './signer.ts'

describe('createSoftwareSigner', () => {
  it('is called by the thumbprint of its key, or as told', () => {
    const { privateKey, publicJwk, kid } = generateSigningKey()
    expect(kid).toBe(jwkThumbprint(publicJwk))
    expect(createSoftwareSigner({ privateKey })).toMatchObject({ kid, publicJwk, alg: 'ES256' })
    expect(createSoftwareSigner({ privateKey, kid: 'k-1' }).kid).toBe('k-1')
  })

  it('shows nothing of the private key', () => {
    const { privateKey } = generateSigningKey()
    const { d } = privateKey.export({ format: 'jwk' })
    expect(JSON.stringify(createSoftwareSigner({ privateKey }))).not.toContain(d)
  })

  it('takes no other keys than EC on P-256', () => {
    for (const { privateKey } of [
      generateKeyPairSync('ec', { namedCurve: 'P-384' }),
      generateKeyPairSync('ed25519'),
    ])
      expect(() => createSoftwareSigner({ privateKey })).toThrow(TypeError)
  })

  it('makes a new key every time', () => {
    const [one, other] = [generateSigningKey(), generateSigningKey()]
    expect(createPublicKey(one.privateKey).equals(createPublicKey(other.privateKey))).toBe(false)
  })
})
