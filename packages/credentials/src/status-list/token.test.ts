import type { KeyObject } from 'node:crypto'
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ForgedJwt, forgeJwt, keys, now, nowSeconds } from '../../test/forged-token.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { type StatusBits, setStatus, statusListBytes } from './status-bits.ts'
import {
  lookUpStatus,
  parseStatusList,
  parseStatusListToken,
  type SignStatusListTokenOptions,
  signStatusListToken,
  verifyStatusListToken,
} from './token.ts'

const x5c = ['MIIB']
const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey, x5c })
const key = importPublicJwk(keys.issuer.publicJwk)
const uri = 'https://issuer.example/ri-se/token-status/1'

const signList = (options: Partial<SignStatusListTokenOptions> = {}) =>
  signStatusListToken({ uri, bits: 2, bytes: new Uint8Array(8), issuedAt: now, signer, ...options })

const listOf = (bytes: Uint8Array) => deflateSync(bytes).toString('base64url')

const forgeList = ({ header, payload }: { header?: object; payload?: object } = {}): string =>
  forgeJwt({
    header: { typ: 'statuslist+jwt', ...header },
    payload: {
      sub: uri,
      iat: nowSeconds,
      status_list: { bits: 1, lst: listOf(Buffer.of(0b10)) },
      ...payload,
    },
  } satisfies ForgedJwt)

const codeOf = (token: string, options?: Parameters<typeof parseStatusListToken>[1]) => {
  const parsed = parseStatusListToken(token, options)
  return parsed.ok ? 'ok' : parsed.code
}
const demand = (token: string) => {
  const parsed = parseStatusListToken(token)
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.value
}

describe('signStatusListToken (I-49)', () => {
  it('gives back every status it was given', async () => {
    const bits = fc.constantFrom<StatusBits>(1, 2, 4, 8)
    await fc.assert(
      fc.asyncProperty(bits, fc.array(fc.nat(255), { minLength: 1 }), async (width, values) => {
        const bytes = new Uint8Array(statusListBytes(values.length, width))
        const statuses = values.map((value) => value % 2 ** width)
        for (const [index, status] of statuses.entries()) setStatus(bytes, width, index, status)
        const list = demand(await signList({ bits: width, bytes }))
        expect(statuses.map((_, index) => lookUpStatus(list, index))).toEqual(
          statuses.map((value) => ({ ok: true, value })),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('says what the draft demands, at whole seconds', async () => {
    const issuedAt = new Date(now.getTime() + 999)
    const token = await signList({ issuedAt, expiresAt: issuedAt, ttl: 300 })
    expect(demand(token).jws).toMatchObject({
      header: { typ: 'statuslist+jwt', alg: 'ES256', kid: signer.kid, x5c },
      payload: {
        sub: uri,
        iat: nowSeconds,
        exp: nowSeconds,
        ttl: 300,
        status_list: { bits: 2, lst: expect.stringMatching(/^eN/) }, // zlib at its best level
      },
    })
    expect(demand(await signList()).jws.payload).not.toHaveProperty('exp')
  })

  it('makes a small token of a million entries without holding up the event loop', async () => {
    const bytes = new Uint8Array(statusListBytes(1_000_000, 2))
    for (let index = 0; index < 1_000_000; index += 50) setStatus(bytes, 2, index, 1)
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const token = await signList({ bytes })
    clearInterval(timer)
    expect(token.length).toBeLessThan(64 * 1024)
    expect(ticks).toBeGreaterThan(0)
    expect(lookUpStatus(demand(token), 50)).toEqual({ ok: true, value: 1 })
  })
})

describe('parseStatusListToken', () => {
  it('refuses a list that inflates beyond the limit, before it has inflated (S-10)', () => {
    const bomb = forgeList({
      payload: { status_list: { bits: 1, lst: listOf(Buffer.alloc(64 * 1024 * 1024)) } },
    })
    expect(bomb.length).toBeLessThan(125_000)
    const before = process.memoryUsage().arrayBuffers
    expect(codeOf(bomb)).toBe('status_list_too_large')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024)
  }, 30_000)

  it('takes 8 MiB unless told otherwise', () => {
    const sized = (size: number) =>
      forgeList({ payload: { status_list: { bits: 1, lst: listOf(Buffer.alloc(size)) } } })
    const limit = 8 * 1024 * 1024
    expect(codeOf(sized(limit))).toBe('ok')
    expect(codeOf(sized(limit + 1))).toBe('status_list_too_large')
    expect(codeOf(sized(101), { maxInflatedBytes: 100 })).toBe('status_list_too_large')
    expect(codeOf(sized(100), { maxInflatedBytes: 100 })).toBe('ok')
  })

  it('refuses a token of more than 1 MiB', () => {
    expect(codeOf('a'.repeat(1_048_577))).toBe('jws_too_large')
  })

  it.for(['statuslist+cwt', 'JWT', 'dc+sd-jwt', undefined])('refuses the typ %j (S-04)', (typ) => {
    expect(codeOf(forgeList({ header: { typ } }))).toBe('status_list_malformed')
  })

  it.for([
    ['no sub', { sub: undefined }],
    ['a sub that is no text', { sub: 1 }],
    ['no iat', { iat: undefined }],
    ['an iat that is a text', { iat: '1' }],
    ['an exp that is a text', { exp: '1' }],
    ['an exp beyond any calendar', { exp: 1e20 }],
    ['a ttl of nothing', { ttl: 0 }],
    ['a ttl that is a text', { ttl: '300' }],
    ['no list', { status_list: undefined }],
    ['a list that is a text', { status_list: 'eNo' }],
    ['three bits', { status_list: { bits: 3, lst: listOf(Buffer.of(1)) } }],
    ['bits that are a text', { status_list: { bits: '1', lst: listOf(Buffer.of(1)) } }],
    ['no bits', { status_list: { lst: listOf(Buffer.of(1)) } }],
    ['no lst', { status_list: { bits: 1 } }],
    ['a lst with padding', { status_list: { bits: 1, lst: `${listOf(Buffer.of(1))}==` } }],
    ['gzip', { status_list: { bits: 1, lst: gzipSync('a').toString('base64url') } }],
    ['raw deflate', { status_list: { bits: 1, lst: deflateRawSync('aa').toString('base64url') } }],
    [
      'a list cut short',
      { status_list: { bits: 1, lst: deflateSync('abcd').subarray(0, -2).toString('base64url') } },
    ],
  ] as const)('refuses a token with %s', ([, payload]) => {
    expect(codeOf(forgeList({ payload }))).toBe('status_list_malformed')
  })

  it('reads a bare status list, too', () => {
    expect(parseStatusList({ bits: 1, lst: listOf(Buffer.of(5)) })).toMatchObject({
      value: { bits: 1, bytes: Buffer.of(5) },
    })
  })
})

describe('verifyStatusListToken (V-20)', () => {
  const check = (
    token: string,
    options: Partial<Parameters<typeof verifyStatusListToken>[0]> = {},
  ) => {
    const verified = verifyStatusListToken({
      token: demand(token),
      uri,
      keys: [key],
      now,
      ...options,
    })
    return verified.ok ? 'ok' : verified.code
  }

  it('accepts a list of the right issuer for the right address at the right time', () => {
    expect(check(forgeList({ payload: { exp: nowSeconds + 1 } }))).toBe('ok')
  })

  it('refuses a list that another key signed, or none', () => {
    const stranger = importPublicJwk(keys.stranger.publicJwk)
    expect(check(forgeList(), { keys: [stranger] })).toBe('status_list_signature')
    expect(check(forgeList(), { keys: [] })).toBe('status_list_signature')
    expect(check(forgeList({ header: { alg: 'none' } }))).toBe('status_list_signature')
    expect(check(forgeList(), { keys: [stranger, key] })).toBe('ok')
  })

  it('believes a kept list only of the key that signed it, however often it was asked', () => {
    const kept = parseStatusListToken(forgeList())
    if (!kept.ok) throw new Error(kept.detail)
    const stranger = importPublicJwk(keys.stranger.publicJwk)
    const verdict = (by: KeyObject) => {
      const verified = verifyStatusListToken({ token: kept.value, uri, keys: [by], now })
      return verified.ok ? 'ok' : verified.code
    }
    expect([key, stranger, key, stranger].map(verdict)).toEqual([
      'ok',
      'status_list_signature',
      'ok',
      'status_list_signature',
    ])
  })

  it('refuses the list of another address', () => {
    expect(check(forgeList({ payload: { sub: `${uri}/` } }))).toBe('status_list_mismatch')
  })

  it('refuses a list that has expired or is from the future', () => {
    expect(check(forgeList({ payload: { exp: nowSeconds } }))).toBe('status_list_expired')
    expect(check(forgeList({ payload: { iat: nowSeconds + 61 } }))).toBe(
      'status_list_not_yet_valid',
    )
    expect(check(forgeList({ payload: { iat: nowSeconds + 60 } }))).toBe('ok')
  })
})

describe('lookUpStatus', () => {
  it('refuses an index beyond the list instead of taking it for valid (V-20)', () => {
    const list = demand(forgeList())
    expect([0, 1, 7].map((index) => lookUpStatus(list, index))).toMatchObject([
      { value: 0 },
      { value: 1 },
      { value: 0 },
    ])
    for (const index of [8, -1, 0.5])
      expect(lookUpStatus(list, index)).toMatchObject({ code: 'status_index_out_of_range' })
  })
})
