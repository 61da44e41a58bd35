import { beforeAll, describe, expect, it } from 'vitest'
import { type MadeCertificate, makeCertificate } from '../../test/made-certificates.ts'
import { signJws } from '../jose/jws.ts'
import { createSoftwareSigner, generateSigningKey, type Signer } from '../jose/signer.ts'
import {
  createAttestationProof,
  createClientAttestation,
  verifyClientAttestation,
} from './client-attestation.ts'
import { createKeyAttestation, verifyKeyAttestation } from './key-attestation.ts'

const now = new Date('2026-11-25T09:00:00Z')
const seconds = now.getTime() / 1000
const later = new Date(now.getTime() + 3_600_000)
const audience = 'https://issuer.example/ri-se'
const clientId = 'https://wallet.example'
const instance = createSoftwareSigner(generateSigningKey())
const jwkOf = ({ publicJwk: { kty, crv, x, y } }: Signer) => ({ kty, crv, x, y })

let root: MadeCertificate
let provider: Signer
let stranger: Signer
beforeAll(async () => {
  root = await makeCertificate({ name: 'Root', ca: true })
  provider = await signerOf(await makeCertificate({ name: 'Provider', issuer: root }))
  const otherRoot = await makeCertificate({ name: 'Other root', ca: true })
  stranger = await signerOf(await makeCertificate({ name: 'Provider', issuer: otherRoot }))
})

const signerOf = async ({ keys, base64 }: MadeCertificate) =>
  createSoftwareSigner({ privateKey: keys.privateKey, x5c: [base64] })
const attesters = () => ({ anchors: [root.certificate] })

describe('a client attestation', () => {
  const attest = (options: Partial<Parameters<typeof createClientAttestation>[0]> = {}) =>
    createClientAttestation({
      signer: provider,
      clientId,
      instanceKey: instance.publicJwk,
      issuedAt: now,
      expiresAt: later,
      ...options,
    })
  const prove = (options: Partial<Parameters<typeof createAttestationProof>[0]> = {}) =>
    createAttestationProof({ signer: instance, audience, issuedAt: now, ...options })
  const check = (attestation: string, proofOfPossession: string) => {
    const verified = verifyClientAttestation({
      attestation,
      proofOfPossession,
      audience,
      now,
      attesters: attesters(),
    })
    return verified.ok ? verified.value : verified.code
  }
  const forgeProof = (changes: object, typ = 'oauth-client-attestation-pop+jwt') =>
    signJws({
      header: { typ },
      payload: { aud: audience, jti: 'a', iat: seconds, ...changes },
      signer: instance,
    })
  const forge = (changes: object, typ = 'oauth-client-attestation+jwt') =>
    signJws({
      header: { typ },
      payload: { sub: clientId, exp: seconds + 60, cnf: { jwk: jwkOf(instance) }, ...changes },
      signer: provider,
      includeX5c: true,
    })

  it('says which client this is, by which key, and what challenge it answers', async () => {
    expect(check(await attest(), await prove({ challenge: 'c' }))).toMatchObject({
      clientId,
      thumbprint: instance.kid,
      challenge: 'c',
    })
  })

  it('needs neither iss nor nbf, and takes them as older drafts write them', async () => {
    const older = await forge({ iss: 'https://provider.example', nbf: seconds - 10 })
    expect(check(older, await forgeProof({ iss: clientId }))).toMatchObject({ clientId })
  })

  it('is believed of a trusted wallet provider only', async () => {
    expect(check(await attest({ signer: stranger }), await prove())).toBe('attestation_untrusted')
    const bare = createSoftwareSigner(generateSigningKey())
    expect(check(await attest({ signer: bare }), await prove())).toBe('attestation_untrusted')
  })

  it.each([
    ['has expired', { exp: seconds }, 'attestation_expired'],
    ['has no end', { exp: undefined }, 'attestation_expired'],
    ['has not begun', { nbf: seconds + 120 }, 'attestation_expired'],
    ['names no client', { sub: undefined }, 'attestation_malformed'],
    ['names no key', { cnf: {} }, 'attestation_malformed'],
  ])('is refused when it %s', async (_, changes, code) => {
    expect(check(await forge(changes), await prove())).toBe(code)
  })

  it.each([
    ['is for another server', { aud: 'https://issuer.example/other' }],
    ['is for the endpoint', { aud: `${audience}/token` }],
    ['is for several', { aud: [audience] }],
    ['is another client’s', { iss: 'https://other.example' }],
    ['is old', { iat: seconds - 301 }],
    ['is from the future', { iat: seconds + 61 }],
    ['has expired', { exp: seconds - 1 }],
    ['has no jti', { jti: undefined }],
  ])('is refused when the proof of possession %s', async (_, changes) => {
    expect(check(await attest(), await forgeProof(changes))).toBe('attestation_pop_invalid')
  })

  it('is refused when another key proves possession', async () => {
    const thief = createSoftwareSigner(generateSigningKey())
    expect(check(await attest(), await prove({ signer: thief }))).toBe('attestation_pop_invalid')
  })

  it('is never taken for its proof, nor the proof for it (S-04)', async () => {
    const [attestation, proof] = [await attest(), await prove()]
    expect(check(proof, attestation)).toBe('attestation_malformed')
    expect(check(attestation, attestation)).toBe('attestation_malformed')
    expect(check(await forge({}, 'JWT'), proof)).toBe('attestation_malformed')
    expect(check(attestation, await forgeProof({}, 'kb+jwt'))).toBe('attestation_malformed')
  })
})

describe('a key attestation', () => {
  const [one, two] = [generateSigningKey().publicJwk, generateSigningKey().publicJwk]
  const attest = (options: Partial<Parameters<typeof createKeyAttestation>[0]> = {}) =>
    createKeyAttestation({
      signer: provider,
      keys: [one, two],
      issuedAt: now,
      expiresAt: later,
      ...options,
    })
  const check = (attestation: string, needsExpiry = true) => {
    const verified = verifyKeyAttestation({ attestation, attesters: attesters(), needsExpiry, now })
    return verified.ok ? verified.value : verified.code
  }
  const forge = (changes: object, typ = 'key-attestation+jwt') =>
    signJws({
      header: { typ },
      payload: { iat: seconds, exp: seconds + 60, attested_keys: [one], ...changes },
      signer: provider,
      includeX5c: true,
    })

  it('says which keys are attested, how they are kept, and what nonce it answers', async () => {
    const keyStorage = ['iso_18045_moderate']
    expect(check(await attest({ nonce: 'n', keyStorage }))).toEqual({
      keys: [one, two],
      nonce: 'n',
      keyStorage,
      userAuthentication: [],
    })
  })

  it('is believed of a trusted wallet provider only', async () => {
    expect(check(await attest({ signer: stranger }))).toBe('key_attestation_untrusted')
  })

  it.each([
    ['no keys', { attested_keys: [] }, 'key_attestation_malformed'],
    ['a key twice', { attested_keys: [one, one] }, 'key_attestation_malformed'],
    ['a private key', { attested_keys: [{ ...one, d: one.x }] }, 'key_attestation_malformed'],
    ['keys that are no list', { attested_keys: one }, 'key_attestation_malformed'],
    ['an end that has passed', { exp: seconds }, 'key_attestation_expired'],
    ['no time of issue', { iat: undefined }, 'key_attestation_expired'],
  ])('is refused with %s', async (_, changes, code) => {
    expect(check(await forge(changes))).toBe(code)
  })

  it('may have no end by itself, for as long as it is fresh; beside a proof it needs one', async () => {
    const endless = await forge({ exp: undefined })
    expect(check(endless, false)).toMatchObject({ keys: [one] })
    expect(check(endless, true)).toBe('key_attestation_expired')
    const old = await forge({ exp: undefined, iat: seconds - 301 })
    expect(check(old, false)).toBe('key_attestation_expired')
  })

  it('is no other kind of token (S-04)', async () => {
    expect(check(await forge({}, 'keyattestation+jwt'))).toBe('key_attestation_malformed')
  })
})
