import {
  createSoftwareSigner,
  generateSigningKey,
  type Signer,
  signStatusListToken,
} from '@mikromerit/credentials'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { present } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { startTestIssuer, type TestIssuer } from './test-issuer.ts'

let verifier: TestVerifier
let issuer: TestIssuer

beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await startTestIssuer({
    certifiedIn: verifier.config.DATA_DIR,
    now: () => verifier.clock.now(),
  })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})
// What was fetched or failed in the test before is not fresh any more.
beforeEach(() => verifier.clock.advance(3_601))

const listPath = '/exempel/status-lists/1'
const type = 'application/statuslist+jwt'

const statusOf = async (index = 7) => {
  const status = { uri: issuer.statusListUri, idx: index }
  const { report } = await present(verifier, issuer, { credential: { status } })
  const check = report.checks.find(({ code }) => code === 'status')
  const { reason, cause } = check?.evidence ?? {}
  return { report: report.outcome, outcome: check?.outcome, reason, cause, remedy: check?.remedy }
}

describe('a credential', () => {
  it('is valid while its status is', async () => {
    expect(await statusOf()).toMatchObject({ report: 'valid', reason: 'status_valid' })
  })

  it.each([
    [1, 'invalid', 'revoked'],
    [2, 'invalid', 'suspended'],
    [3, 'undetermined', 'status_unknown_value'],
  ])('with the status %i is %s: %s (V-22)', async (value, outcome, reason) => {
    issuer.setStatus(11, value)
    expect(await statusOf(11)).toMatchObject({ report: outcome, outcome, reason })
  })
})

describe('a status list', () => {
  interface ListChanges {
    readonly uri?: string
    readonly issuedAt?: Date
    readonly expiresAt?: Date
    readonly ttl?: number
    readonly bytes?: Uint8Array
    readonly signer?: Signer
  }
  const signList = (changes: ListChanges) =>
    signStatusListToken({
      uri: issuer.statusListUri,
      bits: 2,
      bytes: new Uint8Array(1_024),
      issuedAt: verifier.clock.now(),
      signer: issuer.signer,
      ...changes,
    })
  const withAnswer = async (answer: Parameters<TestIssuer['answerWith']>[1]) => {
    issuer.answerWith(listPath, answer)
    try {
      return await statusOf()
    } finally {
      issuer.answerWith(listPath, undefined)
    }
  }

  it.each<[string, Parameters<TestIssuer['answerWith']>[1], string, string]>([
    ['cannot be reached', { status: 503 }, 'status_unreachable', 'unreachable'],
    ['is too large', { body: 'a'.repeat(1_100_000), type }, 'status_unreachable', 'oversized'],
    ['is no token', { body: 'a.b.c', type }, 'status_list_unusable', 'jws_header_malformed'],
    ['has another media type', { type: 'text/html' }, 'status_list_unusable', 'malformed'],
  ])('that %s leaves the status undetermined', async (_what, answer, reason, cause) => {
    const result = await withAnswer(answer)
    expect(result).toMatchObject({
      report: 'undetermined',
      outcome: 'undetermined',
      reason,
      cause,
      remedy: { sv: expect.any(String), en: expect.any(String) },
    })
  })

  it.each<[string, () => ListChanges, string]>([
    [
      'inflates beyond the limit (S-10)',
      () => ({ bytes: new Uint8Array(9 * 1024 * 1024) }),
      'status_list_too_large',
    ],
    ['has expired (V-21)', () => ({ expiresAt: verifier.clock.now() }), 'status_list_expired'],
    [
      'is from the future',
      () => ({ issuedAt: new Date(verifier.clock.now().getTime() + 120_000) }),
      'status_list_not_yet_valid',
    ],
    [
      'is for another address (V-20)',
      () => ({ uri: 'http://localhost/other' }),
      'status_list_mismatch',
    ],
    [
      'another key signed (V-20)',
      () => ({
        signer: createSoftwareSigner({
          privateKey: generateSigningKey().privateKey,
          x5c: issuer.signer.x5c ?? [],
        }),
      }),
      'status_list_signature',
    ],
    [
      'a stranger signed (V-20)',
      () => ({ signer: createSoftwareSigner({ privateKey: generateSigningKey().privateKey }) }),
      'status_list_issuer',
    ],
  ])('that %s is not used', async (_what, changes, cause) => {
    expect(await withAnswer({ body: await signList(changes()), type })).toMatchObject({
      report: 'undetermined',
      reason: 'status_list_unusable',
      cause,
    })
  })

  it('shorter than the index makes the credential invalid (V-20)', async () => {
    const body = await signList({ bytes: new Uint8Array(1) })
    expect(await withAnswer({ body, type })).toMatchObject({
      report: 'invalid',
      reason: 'status_index_out_of_range',
    })
  })

  it('is fetched once for many checks at the same time, and kept for its ttl', async () => {
    const before = issuer.fetches.status
    await Promise.all([statusOf(1), statusOf(2), statusOf(3)])
    expect(issuer.fetches.status).toBe(before + 1)
    verifier.clock.advance(59)
    await statusOf()
    expect(issuer.fetches.status).toBe(before + 1)
    verifier.clock.advance(2)
    await statusOf()
    expect(issuer.fetches.status).toBe(before + 2)
  })

  it('that is kept is not used past its exp, although it may not be fetched again (V-21)', async () => {
    const expiresAt = new Date(verifier.clock.now().getTime() + 30_000)
    const body = await signList({ expiresAt })
    expect(await withAnswer({ body, type })).toMatchObject({ report: 'valid' })
    verifier.clock.advance(31)
    expect(await withAnswer({ status: 503 })).toMatchObject({
      report: 'undetermined',
      reason: 'status_unreachable',
    })
  })

  it('is fetched again after the longest time that is configured, whatever its ttl says (V-21)', async () => {
    const body = await signList({ ttl: 86_400 })
    expect(await withAnswer({ body, type })).toMatchObject({ report: 'valid' })
    const before = issuer.fetches.status
    verifier.clock.advance(verifier.config.STATUS_LIST_MAX_CACHE_SECONDS - 1)
    await statusOf()
    expect(issuer.fetches.status).toBe(before)
    verifier.clock.advance(1)
    await statusOf()
    expect(issuer.fetches.status).toBe(before + 1)
  })

  it('that could not be had is not asked for at every check, but soon again', async () => {
    issuer.answerWith(listPath, { body: 'nonsense', type })
    const before = issuer.fetches.status
    await Promise.all([statusOf(), statusOf()])
    expect(await statusOf()).toMatchObject({ reason: 'status_list_unusable' })
    expect(issuer.fetches.status).toBe(before + 1)
    issuer.answerWith(listPath, undefined)
    verifier.clock.advance(6)
    expect(await statusOf()).toMatchObject({ report: 'valid' })
  })
})
