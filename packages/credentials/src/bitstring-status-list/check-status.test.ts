import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { forgeJwt, keys, now, nowSeconds } from '../../test/forged-token.ts'
import { aCredential, forgeOpenBadge, forgeVcJwt, names } from '../../test/forged-vc.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { accept, refuse } from '../result.ts'
import { createBitstring, setBitstringStatus } from './bitstring.ts'
import { checkBitstringStatus } from './check-status.ts'
import { signStatusListCredential } from './sign.ts'
import { bitstringStatusBits, buildStatusEntry, parseStatusEntry } from './status-entry.ts'

const listUrl = `${names.issuer}/status/1`
const key = importPublicJwk(keys.issuer.publicJwk)
const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey })
const revocation = buildStatusEntry({ listUrl, index: 4712, purpose: 'revocation' })

const encode = (bytes: Uint8Array) => `u${gzipSync(bytes).toString('base64url')}`
const empty = encode(createBitstring(0))

/** A list that is right in everything that is not given. */
const forgeList = (members: Record<string, unknown> = {}, subject: Record<string, unknown> = {}) =>
  forgeVcJwt({
    payload: {
      id: listUrl,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      credentialSubject: {
        id: `${listUrl}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: empty,
        ...subject,
      },
      ...members,
    },
  })

async function check(token: string, entry: unknown = revocation, options = {}) {
  const checked = await checkBitstringStatus({
    entry,
    fetchList: async () => accept(token),
    findKeys: async () => [key],
    issuer: names.issuer,
    now,
    ...options,
  })
  return checked.ok ? checked.value : checked.code
}

const signList = (index: number | undefined, options = {}) => {
  const bytes = createBitstring(0)
  if (index !== undefined) setBitstringStatus(bytes, index, 1)
  return signStatusListCredential({
    url: listUrl,
    issuer: names.issuer,
    statusPurpose: 'revocation',
    bytes,
    validFrom: now,
    signer,
    ...options,
  })
}

describe('a signed list', () => {
  it('tells the revoked from the others', async () => {
    expect(await check(await signList(undefined))).toEqual({
      purpose: 'revocation',
      status: 0,
      isValid: true,
    })
    expect(await check(await signList(4712))).toMatchObject({ status: 1, isValid: false })
    expect(await check(await signList(4711))).toMatchObject({ status: 0 })
  })

  it('is a vc+jwt that says what the specification demands', async () => {
    const validUntil = new Date(now.getTime() + 3_600_999)
    const token = await signList(1, { ttl: 60, validUntil })
    const [header, payload] = token
      .split('.', 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
    expect(header).toMatchObject({ typ: 'vc+jwt', cty: 'vc', alg: 'ES256' })
    expect(payload).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: listUrl,
      issuer: names.issuer,
      iss: names.issuer,
      iat: nowSeconds,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      validFrom: '2026-11-24T12:00:00Z',
      validUntil: '2026-11-24T13:00:00Z',
      credentialSubject: {
        id: `${listUrl}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        ttl: 60_000,
        encodedList: expect.stringMatching(/^uH4sI/),
      },
    })
  })

  it('is never signed when nobody could hide in it', async () => {
    await expect(signList(1, { bytes: new Uint8Array(16_383) })).rejects.toThrow(RangeError)
    await expect(signList(1, { bytes: new Uint8Array(16_384), statusSize: 2 })).rejects.toThrow(
      RangeError,
    )
  })

  it('may serve several purposes', async () => {
    const statusPurpose = ['revocation', 'suspension']
    const token = await signList(4712, { statusPurpose })
    const suspension = buildStatusEntry({ listUrl, index: 4712, purpose: 'suspension' })
    expect(await check(token, suspension)).toMatchObject({ purpose: 'suspension', status: 1 })
  })

  it('carries messages in wider entries', async () => {
    const bytes = createBitstring(0, 2)
    setBitstringStatus(bytes, 3, 2, 2)
    const token = await signList(undefined, { bytes, statusSize: 2, statusPurpose: 'message' })
    const statusMessage = ['valid', 'revoked', 'suspended', 'undefined'].map((message, value) => ({
      status: `0x${value}`,
      message,
    }))
    const entry = {
      ...revocation,
      statusPurpose: 'message',
      statusListIndex: '3',
      statusSize: 2,
      statusMessage,
    }
    expect(await check(token, entry)).toEqual({
      purpose: 'message',
      status: 2,
      isValid: false,
      message: 'suspended',
    })
  })

  it('follows from the status of the award', () => {
    expect(bitstringStatusBits.suspended).toEqual({ revocation: 0, suspension: 1 })
    expect(bitstringStatusBits.revoked.revocation).toBe(1)
  })
})

describe('STATUS_RETRIEVAL_ERROR (V-23)', () => {
  it('is the answer when the list cannot be had, and nothing else is asked', async () => {
    let asked = 0
    const options = {
      fetchList: async () => refuse('unreachable', 'No.'),
      findKeys: async () => {
        asked++
        return [key]
      },
    }
    expect(await check('', revocation, options)).toBe('STATUS_RETRIEVAL_ERROR')
    expect(asked).toBe(0)
  })

  it('comes after the address the entry names was asked', async () => {
    const urls: string[] = []
    const fetchList = async (url: string) => {
      urls.push(url)
      return refuse('unreachable', 'No.')
    }
    await check('', revocation, { fetchList })
    expect(urls).toEqual([listUrl])
  })
})

describe('STATUS_VERIFICATION_ERROR (V-23)', () => {
  it.for<[string, string]>([
    ['is no token', '{"type":"BitstringStatusListCredential"}'],
    ['has another typ (S-04)', forgeJwt({ header: { typ: 'statuslist+jwt' }, payload: {} })],
    ['is another credential', forgeVcJwt()],
    [
      'is an Open Badge',
      forgeOpenBadge({
        payload: {
          type: ['OpenBadgeCredential', 'VerifiableCredential', 'BitstringStatusListCredential'],
        },
      }),
    ],
    ['is for another address', forgeList({ id: `${listUrl}2` })],
    ['is for another purpose', forgeList({}, { statusPurpose: 'suspension' })],
    ['is another issuer’s', forgeList({ issuer: 'https://other.example' })],
    ['has expired', forgeList({ validUntil: '2026-11-24T12:00:00Z' })],
    ['is not valid yet', forgeList({ validFrom: '2026-11-24T12:02:00Z' })],
    [
      'inflates beyond the limit',
      forgeList({}, { encodedList: encode(Buffer.alloc(9 * 1024 * 1024)) }),
    ],
  ])('is the answer when the list %s', async ([, token]) => {
    expect(await check(token)).toBe('STATUS_VERIFICATION_ERROR')
  })

  it('is the answer when a stranger signed it, and when nobody may', async () => {
    const stranger = [importPublicJwk(keys.stranger.publicJwk)]
    const token = await signList(1)
    for (const findKeys of [async () => stranger, async () => []])
      expect(await check(token, revocation, { findKeys })).toBe('STATUS_VERIFICATION_ERROR')
  })

  it('is not the answer when the list does not name itself, which is allowed', async () => {
    expect(await check(forgeList({ id: undefined }))).toMatchObject({ status: 0 })
  })
})

describe('STATUS_LIST_LENGTH_ERROR (V-23)', () => {
  it('is the answer to a list of fewer than 131,072 entries', async () => {
    const token = forgeList({}, { encodedList: encode(new Uint8Array(16_383)) })
    expect(await check(token, { ...revocation, statusListIndex: '0' })).toBe(
      'STATUS_LIST_LENGTH_ERROR',
    )
  })

  it('counts entries, not bits', async () => {
    const statusMessage = Array.from({ length: 4 }, (_, n) => ({ status: `0x${n}`, message: 'm' }))
    const entry = { ...revocation, statusListIndex: '0', statusSize: 2, statusMessage }
    expect(await check(forgeList(), entry)).toBe('STATUS_LIST_LENGTH_ERROR')
  })
})

describe('RANGE_ERROR (V-23)', () => {
  it('is the answer to an index beyond the list', async () => {
    const at = (statusListIndex: string) => check(forgeList(), { ...revocation, statusListIndex })
    expect(await at('131071')).toMatchObject({ status: 0 })
    expect(await at('131072')).toBe('RANGE_ERROR')
    expect(await at('9'.repeat(40))).toBe('RANGE_ERROR')
  })
})

describe('MALFORMED_VALUE_ERROR (V-23)', () => {
  const twoBits = { statusSize: 2 }
  it.for<[string, unknown]>([
    ['no entry', undefined],
    ['another type', { ...revocation, type: 'StatusList2021Entry' }],
    ['no purpose', { ...revocation, statusPurpose: undefined }],
    ['several purposes', { ...revocation, statusPurpose: ['revocation'] }],
    ['an index that is a number', { ...revocation, statusListIndex: 4712 }],
    ['a negative index', { ...revocation, statusListIndex: '-1' }],
    ['a hexadecimal index', { ...revocation, statusListIndex: '0x1' }],
    ['an empty index', { ...revocation, statusListIndex: '' }],
    ['an index of thousands of digits', { ...revocation, statusListIndex: '1'.repeat(5000) }],
    ['no list', { ...revocation, statusListCredential: undefined }],
    ['a list that is no URL', { ...revocation, statusListCredential: 'status/1' }],
    ['the list as its id', { ...revocation, id: listUrl }],
    ['a size of 0', { ...revocation, statusSize: 0 }],
    ['a size that is a text', { ...revocation, statusSize: '1' }],
    ['a size of 9', { ...revocation, statusSize: 9 }],
    ['a size of 2 without messages', { ...revocation, ...twoBits }],
    [
      'too few messages',
      { ...revocation, ...twoBits, statusMessage: [{ status: '0x0', message: 'a' }] },
    ],
    [
      'messages without status',
      { ...revocation, statusMessage: [{ message: 'a' }, { message: 'b' }] },
    ],
  ])('is the answer to an entry with %s, before anything is fetched', async ([, entry]) => {
    let fetched = 0
    const fetchList = async () => {
      fetched++
      return accept(forgeList())
    }
    expect(await check('', entry ?? null, { fetchList })).toBe('MALFORMED_VALUE_ERROR')
    expect(fetched).toBe(0)
  })

  it.for<[string, Record<string, unknown>]>([
    ['another type', { type: 'StatusList2021' }],
    ['no purpose', { statusPurpose: undefined }],
    ['a purpose that is a number', { statusPurpose: [1] }],
    ['no list', { encodedList: undefined }],
    ['a list without multibase prefix', { encodedList: empty.slice(1) }],
    ['a ttl that is a text', { ttl: '5 minutes' }],
  ])('is the answer to a list with %s', async ([, subject]) => {
    expect(await check(forgeList({}, subject))).toBe('MALFORMED_VALUE_ERROR')
  })

  it('is the answer to a list with two subjects', async () => {
    const credentialSubject = [{ type: 'BitstringStatusList' }, { type: 'BitstringStatusList' }]
    expect(await check(forgeList({ credentialSubject }))).toBe('MALFORMED_VALUE_ERROR')
  })
})

it('reads what it wrote, and only what is known of it', () => {
  expect(parseStatusEntry({ ...revocation, x: 1 })).toEqual({ ok: true, value: revocation })
  expect(aCredential({ credentialStatus: revocation }).credentialStatus).toBe(revocation)
})
