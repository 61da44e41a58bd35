import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { compactVerify, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { keys, now, nowSeconds } from '../../test/forged-token.ts'
import {
  aCredential,
  anOpenBadge,
  legacyContext,
  names,
  openBadgeClaims,
  validFrom,
} from '../../test/forged-vc.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { signOpenBadgeJwt, signVcJwt } from './sign-vc-jwt.ts'
import { createVcSigner } from './vc-signer.ts'
import { verifyVcJwt } from './verify-vc-jwt.ts'

const x5c = ['MIIB']
const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey, x5c })
const key = importPublicJwk(keys.issuer.publicJwk)
const keyUrl = 'https://issuer.example/ri-se/keys/1'

describe('signVcJwt (I-54)', () => {
  it('makes the credential the payload, in a token that jose accepts', async () => {
    const credential = aCredential()
    const token = await signVcJwt({ credential, signer, issuedAt: now, expiresAt: now })
    const { payload, protectedHeader } = await compactVerify(token, key)
    expect(protectedHeader).toEqual({
      typ: 'vc+jwt',
      cty: 'vc',
      alg: 'ES256',
      kid: signer.kid,
      x5c,
    })
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      ...credential,
      iss: names.issuer,
      jti: names.id,
      iat: nowSeconds,
      exp: nowSeconds,
    })
  })

  it('binds it to a key, by what the key is made of', async () => {
    const holderKey = { ...keys.holder.publicJwk, kid: 'phone', use: 'sig' }
    const token = await signVcJwt({ credential: aCredential(), signer, holderKey })
    const { payload } = await jwtVerify(token, key)
    const { x, y } = keys.holder.publicJwk
    expect(payload.cnf).toEqual({ jwk: { kty: 'EC', crv: 'P-256', x, y } })
  })

  it('is read back as the credential that went in', async () => {
    const credential = aCredential({ issuer: { id: names.issuer }, x: [1, { y: 'å' }] })
    const token = await signVcJwt({ credential, signer, issuedAt: now })
    expect(verifyVcJwt({ token, keys: [key], now })).toMatchObject({
      ok: true,
      value: { credential },
    })
  })

  it.for<[string, Record<string, unknown>]>([
    ['a vc member', { vc: {} }],
    ['a vp member', { vp: {} }],
    ['the older data model', { '@context': [legacyContext] }],
    ['no issuer', { issuer: undefined }],
    ['no subject', { credentialSubject: undefined }],
  ])('refuses to sign a credential with %s', ([, members]) => {
    expect(() => signVcJwt({ credential: aCredential(members), signer })).toThrow(TypeError)
  })
})

describe('signOpenBadgeJwt (I-55)', () => {
  it('has a header of alg and kid alone, though the signer has certificates', async () => {
    const token = await signOpenBadgeJwt({ credential: anOpenBadge(), signer, keyUrl })
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', kid: keyUrl })
  })

  it('puts the public key into the header when it has no address', async () => {
    const token = await signOpenBadgeJwt({ credential: anOpenBadge(), signer })
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', jwk: keys.issuer.publicJwk })
  })

  it('repeats the properties as claims', async () => {
    const validUntil = '2030-06-05T12:00:00Z'
    const credential = anOpenBadge({ validUntil })
    const token = await signOpenBadgeJwt({ credential, signer, keyUrl })
    const { payload } = await jwtVerify(token, key, { currentDate: now })
    expect(payload).toEqual({
      ...credential,
      ...openBadgeClaims,
      exp: Date.parse(validUntil) / 1000,
    })
    expect(new Date((payload.nbf ?? 0) * 1000)).toEqual(new Date(validFrom))
    expect(verifyVcJwt({ token, keys: [key], now })).toMatchObject({
      value: { envelope: 'open_badge', credential },
    })
  })

  it('signs with RS256 for those who need the algorithm every verifier has', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const rsa = createVcSigner({ privateKey, kid: 'rsa-1' })
    const token = await signOpenBadgeJwt({ credential: anOpenBadge(), signer: rsa })
    const { alg, jwk } = decodeProtectedHeader(token)
    expect(alg).toBe('RS256')
    expect(Object.keys(jwk ?? {}).sort()).toEqual(['e', 'kty', 'n'])
    await expect(jwtVerify(token, await importJWK({ ...jwk }, 'RS256'))).resolves.toBeDefined()
    expect(verifyVcJwt({ token, keys: [createPublicKey(privateKey)], now }).ok).toBe(true)
  })

  it.for<[string, Record<string, unknown>]>([
    ['no id', { id: undefined }],
    ['no validFrom', { validFrom: undefined }],
    ['a subject without id', { credentialSubject: {} }],
  ])('refuses to sign a badge with %s', ([, members]) => {
    expect(() => signOpenBadgeJwt({ credential: anOpenBadge(members), signer })).toThrow(TypeError)
  })
})
