import { describe, expect, it } from 'vitest'
import {
  aDisclosure,
  audience,
  digestOf,
  type ForgedJwt,
  forgeSdJwt,
  keys,
  nonce,
  now,
  nowSeconds,
} from '../../test/forged-token.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { createKeyBindingJwt, verifyKeyBinding } from './key-binding.ts'
import { parseSdJwt } from './parse.ts'

const signer = createSoftwareSigner({ privateKey: keys.holder.privateKey })
const disclosure = aDisclosure('s', 'name', 'Åsa')
const payload = { _sd: [digestOf(disclosure)] }
const header = { typ: 'dc+sd-jwt' }

function check(token: string, options: Partial<Parameters<typeof verifyKeyBinding>[0]> = {}) {
  const sdJwt = parseSdJwt(token)
  if (!sdJwt.ok) return sdJwt.code
  const bound = verifyKeyBinding({
    sdJwt: sdJwt.value,
    holderKey: keys.holder.publicJwk,
    nonce,
    audience,
    now,
    maxAgeSeconds: 300,
    ...options,
  })
  return bound.ok ? bound.value.issuedAt.toISOString() : bound.code
}
const checkForged = (keyBinding: ForgedJwt) =>
  check(forgeSdJwt({ header, payload, disclosures: [disclosure], keyBinding }))

describe('createKeyBindingJwt', () => {
  const sdJwt = forgeSdJwt({ header, payload, disclosures: [disclosure] })

  it('binds a presentation to a request, at a whole second', async () => {
    const issuedAt = new Date(now.getTime() - 500)
    const token = sdJwt + (await createKeyBindingJwt({ sdJwt, nonce, audience, issuedAt, signer }))
    expect(check(token)).toBe(new Date(now.getTime() - 1000).toISOString())
  })

  it('hashes with the algorithm of the credential', async () => {
    const strong = forgeSdJwt({ header, payload: { _sd_alg: 'sha-512' } })
    const jwt = await createKeyBindingJwt({ sdJwt: strong, nonce, audience, issuedAt: now, signer })
    expect(check(strong + jwt)).toBe(now.toISOString())
    const { sd_hash } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
    expect(sd_hash).toBe(digestOf(strong, 'sha512'))
  })

  it('takes only an SD-JWT without key binding', async () => {
    for (const wrong of [`${sdJwt}a.b.c`, sdJwt.slice(0, -1), 'no token']) {
      const made = createKeyBindingJwt({ sdJwt: wrong, nonce, audience, issuedAt: now, signer })
      await expect(made).rejects.toThrow(TypeError)
    }
  })
})

describe('verifyKeyBinding (V-15)', () => {
  it('accepts a key binding made for this request', () => {
    expect(checkForged({})).toBe(now.toISOString())
  })

  it('refuses a presentation without one', () => {
    expect(check(forgeSdJwt({ header, payload }))).toBe('key_binding_missing')
  })

  it.for([
    ['another typ', { header: { typ: 'JWT' } }, 'key_binding_malformed'],
    ['no typ', { header: { typ: undefined } }, 'key_binding_malformed'],
    ['the typ in capitals', { header: { typ: 'KB+JWT' } }, 'key_binding_malformed'],
    ['alg none', { header: { alg: 'none' } }, 'key_binding_signature'],
    ['a critical extension', { header: { crit: ['x'] } }, 'key_binding_malformed'],
    ['the key of somebody else', { key: keys.stranger.privateKey }, 'key_binding_signature'],
    ['the key of the issuer', { key: keys.issuer.privateKey }, 'key_binding_signature'],
    [
      'a key that it brings itself',
      { key: keys.stranger.privateKey, header: { jwk: keys.stranger.publicJwk } },
      'key_binding_signature',
    ],
    ['a DER signature', { dsaEncoding: 'der' }, 'key_binding_signature'],
    ['another audience', { payload: { aud: 'x509_hash:other' } }, 'key_binding_audience'],
    [
      'the audience without its prefix',
      { payload: { aud: audience.split(':')[1] } },
      'key_binding_audience',
    ],
    ['the audience in a list', { payload: { aud: [audience] } }, 'key_binding_audience'],
    ['no audience', { payload: { aud: undefined } }, 'key_binding_audience'],
    ['another nonce', { payload: { nonce: 'other' } }, 'key_binding_nonce'],
    ['no nonce', { payload: { nonce: undefined } }, 'key_binding_nonce'],
    ['another sd_hash', { payload: { sd_hash: digestOf('other') } }, 'key_binding_hash'],
    ['no sd_hash', { payload: { sd_hash: undefined } }, 'key_binding_hash'],
    ['no iat', { payload: { iat: undefined } }, 'key_binding_malformed'],
    ['an iat that is a text', { payload: { iat: String(nowSeconds) } }, 'key_binding_malformed'],
    [
      'an iat that is infinite',
      { payload: `{"iat":1e999,"aud":"${audience}","nonce":"${nonce}"}` },
      'key_binding_hash',
    ],
    ['an old iat', { payload: { iat: nowSeconds - 301 } }, 'key_binding_time'],
    ['an iat in the future', { payload: { iat: nowSeconds + 61 } }, 'key_binding_time'],
    ['an exp in the past', { payload: { exp: nowSeconds } }, 'key_binding_time'],
    ['an exp that is a text', { payload: { exp: String(nowSeconds + 9) } }, 'key_binding_time'],
  ] as [string, ForgedJwt, string][])('refuses %s', ([, keyBinding, code]) => {
    expect(checkForged(keyBinding)).toBe(code)
  })

  it('gives the clocks a window and no more', () => {
    expect(checkForged({ payload: { iat: nowSeconds - 300 } })).toMatch(/Z$/)
    expect(checkForged({ payload: { iat: nowSeconds + 60 } })).toMatch(/Z$/)
    expect(checkForged({ payload: { exp: nowSeconds + 1 } })).toMatch(/Z$/)
    const token = forgeSdJwt({ header, keyBinding: { payload: { iat: nowSeconds + 1 } } })
    expect(check(token, { clockSkewSeconds: 0 })).toBe('key_binding_time')
  })

  it('covers the Disclosures as presented: none may be added, dropped or moved', () => {
    const other = aDisclosure('s2', 'city', 'Umeå')
    const signed = { _sd: [digestOf(disclosure), digestOf(other)] }
    const token = forgeSdJwt({
      header,
      payload: signed,
      disclosures: [disclosure, other],
      keyBinding: {},
    })
    expect(check(token)).toBe(now.toISOString())
    const [jwt, one, two, binding] = token.split('~')
    for (const parts of [
      [jwt, one, binding],
      [jwt, two, one, binding],
      [jwt, binding],
    ])
      expect(check(parts.join('~'))).toBe('key_binding_hash')
  })

  it('refuses the key binding of another copy of the credential', () => {
    const [one, other] = [1, 2].map((copy) =>
      forgeSdJwt({ header, payload: { copy }, keyBinding: {} }).split('~'),
    )
    expect(check([one?.[0], other?.[1]].join('~'))).toBe('key_binding_hash')
  })
})
