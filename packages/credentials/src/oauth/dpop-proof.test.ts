import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signJws } from '../jose/jws.ts'
import { createSoftwareSigner, generateSigningKey } from '../jose/signer.ts'
import { createDpopProof, verifyDpopProof } from './dpop-proof.ts'

const now = new Date('2026-11-25T09:00:00Z')
const seconds = now.getTime() / 1000
const signer = createSoftwareSigner(generateSigningKey())
const { kty, crv, x, y } = signer.publicJwk
const request = { method: 'POST', url: 'https://issuer.example/ri-se/token' }
const accessToken = 'an-access-token'

const check = (proof: string, options: Partial<Parameters<typeof verifyDpopProof>[0]> = {}) => {
  const verified = verifyDpopProof({ proof, ...request, now, ...options })
  return verified.ok ? 'ok' : verified.code
}

const forge = ({ header = {}, payload = {} }: { header?: object; payload?: object }) =>
  signJws({
    header: { typ: 'dpop+jwt', jwk: { kty, crv, x, y }, ...header },
    payload: { jti: 'a', htm: request.method, htu: request.url, iat: seconds, ...payload },
    signer,
  })

describe('a DPoP proof', () => {
  it('tells the thumbprint of the client’s key, its jti and the nonce it answers', async () => {
    const proof = await createDpopProof({ ...request, signer, issuedAt: now, nonce: 'n' })
    const verified = verifyDpopProof({ proof, ...request, now })
    expect(verified).toMatchObject({
      ok: true,
      value: { thumbprint: signer.kid, nonce: 'n', jti: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
  })

  it('is for an address without its query, whatever the spelling of its host', async () => {
    const proof = await forge({ payload: { htu: 'HTTPS://ISSUER.example:443/ri-se/token' } })
    expect(check(proof, { url: `${request.url}?a=b#c` })).toBe('ok')
  })

  it.each([
    ['another typ', { header: { typ: 'JWT' } }, 'dpop_malformed'],
    ['no key', { header: { jwk: undefined } }, 'dpop_key'],
    ['a private key', { header: { jwk: { kty, crv, x, y, d: x } } }, 'dpop_key'],
    ['no jti', { payload: { jti: undefined } }, 'dpop_malformed'],
    ['an endless jti', { payload: { jti: 'a'.repeat(257) } }, 'dpop_malformed'],
    ['another method', { payload: { htm: 'GET' } }, 'dpop_mismatch'],
    ['another case of the method', { payload: { htm: 'post' } }, 'dpop_mismatch'],
    [
      'another address',
      { payload: { htu: 'https://issuer.example/other/token' } },
      'dpop_mismatch',
    ],
    ['no address', { payload: { htu: undefined } }, 'dpop_mismatch'],
    ['an old time', { payload: { iat: seconds - 301 } }, 'dpop_time'],
    ['a time to come', { payload: { iat: seconds + 61 } }, 'dpop_time'],
    ['a time as text', { payload: { iat: String(seconds) } }, 'dpop_time'],
    ['a nonce that is no text', { payload: { nonce: 7 } }, 'dpop_malformed'],
  ])('is refused with %s', async (_, changes, code) => {
    expect(check(await forge(changes))).toBe(code)
  })

  it('is refused when another key signed it than it names', async () => {
    const other = generateSigningKey().publicJwk
    expect(check(await forge({ header: { jwk: other } }))).toBe('dpop_signature')
  })

  it('is bound to the access token it came with', async () => {
    const proof = await createDpopProof({ ...request, signer, issuedAt: now, accessToken })
    expect(check(proof, { accessToken })).toBe('ok')
    expect(check(proof, { accessToken: 'another' })).toBe('dpop_mismatch')
    expect(check(await forge({}), { accessToken })).toBe('dpop_mismatch')
  })

  it('is not taken for two, nor unsigned, nor signed by a shared secret (S-05)', async () => {
    const proof = await forge({})
    expect(check(`${proof},${proof}`)).toBe('dpop_malformed')
    const [, payload] = proof.split('.')
    for (const alg of ['none', 'HS256', 'RS256']) {
      const header = { typ: 'dpop+jwt', alg, jwk: { kty, crv, x, y } }
      const encoded = Buffer.from(JSON.stringify(header)).toString('base64url')
      expect(check(`${encoded}.${payload}.${'A'.repeat(86)}`)).toBe('dpop_key')
    }
  })

  it('has a key on P-256 and on no other curve (S-08)', async () => {
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({
      format: 'jwk',
    })
    expect(check(await forge({ header: { jwk } }))).toBe('dpop_key')
    expect(check(await forge({ header: { jwk: { kty, crv, x, y: x } } }))).toBe('dpop_key')
  })
})
