import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateSigningKey } from '@mikromerit/credentials'
import { openDevelopmentAuthority } from '@mikromerit/service-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { faults, present } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { courseClaims, startTestIssuer, type TestIssuer } from './test-issuer.ts'

let verifier: TestVerifier
/** Under the trusted authority. */
let certified: TestIssuer
/** Under nobody's. */
let stranger: TestIssuer

beforeAll(async () => {
  verifier = await startVerifier()
  const now = () => verifier.clock.now()
  certified = await startTestIssuer({ certifiedIn: verifier.config.DATA_DIR, now })
  stranger = await startTestIssuer({ now })
})
afterAll(async () => {
  await certified.close()
  await stranger.close()
  await verifier.close()
})

const registry = () => verifier.as('trust:write', { subject: 'registrar' })
const legalName = { sv: 'Exempeluniversitetet', en: 'Example University' }
const since = '2020-01-01T00:00:00.000Z'
const problemOf = (response: { json(): { type?: string } }) =>
  response.json().type?.split('/').at(-1)

const register = async (issuer: TestIssuer, draft: Record<string, unknown> = {}) => {
  const id = issuer === certified ? 'certified' : 'stranger'
  const body = { identifier: issuer.identifier, legalName, since, ...draft }
  const response = await registry().put(`/v1/trust/issuers/${id}`, body)
  if (response.statusCode !== 200) throw new Error(response.body)
  return response.json()
}

const judge = async (issuer: TestIssuer, changes: Parameters<typeof present>[2] = {}) => {
  const { report } = await present(verifier, issuer, changes)
  const authorised = report.checks.find(({ code }) => code === 'issuer_authorised')
  return { report, authorised, faults: faults(report) }
}

describe('the registry', () => {
  it('stores an issuer, reads it back and lists it page by page', async () => {
    const entry = await register(certified, { mayAward: { vcts: ['urn:x'] } })
    expect(entry).toMatchObject({ id: 'certified', identifier: certified.identifier })
    expect((await registry().get('/v1/trust/issuers/certified')).json()).toEqual(entry)
    await register(stranger)
    const first = (await registry().get('/v1/trust/issuers?limit=1')).json()
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(['certified'])
    const next = (
      await registry().get(`/v1/trust/issuers?limit=1&cursor=${first.nextCursor}`)
    ).json()
    expect(next.items.map(({ id }: { id: string }) => id)).toEqual(['stranger'])
    expect(next).not.toHaveProperty('nextCursor')
    const query = `identifier=${encodeURIComponent(stranger.identifier)}`
    const found = (await registry().get(`/v1/trust/issuers?${query}`)).json()
    expect(found.items).toHaveLength(1)
  })

  it('has one entry per issuer', async () => {
    await register(certified)
    const body = { identifier: certified.identifier, legalName, since }
    const response = await registry().put('/v1/trust/issuers/another', body)
    expect([response.statusCode, problemOf(response)]).toEqual([409, 'issuer-identifier-taken'])
    expect((await registry().get('/v1/trust/issuers/another')).statusCode).toBe(404)
  })

  it.each([
    [
      'a period that ends before it begins',
      { until: '2019-01-01T00:00:00.000Z' },
      'trusted-issuer-invalid',
    ],
    [
      'a private key',
      { keys: [generateSigningKey().privateKey.export({ format: 'jwk' })] },
      'validation-failed',
    ],
    [
      'a key that is not on the curve',
      { keys: [{ kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }] },
      'trusted-issuer-invalid',
    ],
    ['an unknown member', { surplus: 1 }, 'validation-failed'],
    ['a date that is none', { since: 'yesterday' }, 'validation-failed'],
  ])('refuses %s and keeps what it had', async (_what, changes, code) => {
    const before = await register(certified)
    const body = { identifier: certified.identifier, legalName, since, ...changes }
    const response = await registry().put('/v1/trust/issuers/certified', body)
    expect([response.statusCode, problemOf(response)]).toEqual([400, code])
    expect((await registry().get('/v1/trust/issuers/certified')).json()).toEqual(before)
  })

  it('is not written with the scope to read, nor with another', async () => {
    for (const scope of ['trust:read', 'policies:write']) {
      const body = { identifier: 'https://x.example', legalName, since }
      const response = await verifier.as(scope).put('/v1/trust/issuers/x', body)
      expect(response.statusCode).toBe(403)
    }
    expect((await registry().get('/v1/trust/issuers/x')).statusCode).toBe(404)
  })
})

describe('an issuer under a trusted anchor', () => {
  beforeEach(() => register(certified))

  it('that is not registered is trusted on the anchor alone', async () => {
    const other = await startTestIssuer({
      certifiedIn: verifier.config.DATA_DIR,
      now: () => verifier.clock.now(),
    })
    try {
      const { report, authorised } = await judge(other)
      expect(report.outcome).toBe('valid')
      expect(authorised).toMatchObject({ outcome: 'valid', evidence: { source: 'anchor' } })
    } finally {
      await other.close()
    }
  })

  it('and registered is valid by its entry', async () => {
    const { authorised } = await judge(certified)
    expect(authorised).toMatchObject({
      outcome: 'valid',
      evidence: { source: 'registry', entry: 'certified' },
    })
  })

  it.each<[string, object, string]>([
    ['another type than it awarded', { vcts: ['urn:another'] }, 'vct_not_allowed'],
    [
      'a lower level than it awarded',
      { levels: [{ framework: 'EQF', max: 5 }] },
      'level_not_allowed',
    ],
    [
      'another framework of levels',
      { levels: [{ framework: 'SeQF', max: 8 }] },
      'level_not_allowed',
    ],
    [
      'other credits',
      { creditFrameworks: ['urn:mikromerit:credit:yhp'] },
      'credit_framework_not_allowed',
    ],
  ])('that may only award %s is invalid (V-19)', async (_what, mayAward, reason) => {
    await register(certified, { mayAward })
    const { report, authorised } = await judge(certified)
    expect(report.outcome).toBe('invalid')
    expect(authorised).toMatchObject({ outcome: 'invalid', evidence: { reason } })
  })

  it('whose limit cannot be checked, since nothing was shown, is undetermined', async () => {
    await register(certified, { mayAward: { fields: ['http://data.europa.eu/snb/isced-f/0688'] } })
    const { report, authorised } = await judge(certified)
    expect(report.outcome).toBe('undetermined')
    expect(authorised).toMatchObject({ evidence: { reason: 'field_not_shown' } })
  })

  it('within all its limits is valid', async () => {
    await register(certified, {
      mayAward: {
        vcts: ['urn:eu.europa.ec.eudi:learning:credential:1'],
        levels: [{ framework: 'EQF', max: 6 }],
        creditFrameworks: ['http://data.europa.eu/snb/education-credit/6fcec5c5af'],
      },
    })
    expect((await judge(certified)).report.outcome).toBe('valid')
  })

  it.each([
    ['before it began', { since: '2026-06-06T00:00:00Z' }, 'not_yet_registered'],
    ['after it ended', { until: '2026-06-04T00:00:00Z' }, 'registration_ended'],
  ])('is held to its period as of the day of the award: %s', async (_what, period, reason) => {
    await register(certified, period)
    const { report, authorised } = await judge(certified)
    expect(report.outcome).toBe('invalid')
    expect(authorised).toMatchObject({ outcome: 'invalid', evidence: { reason } })
  })

  it('that is no longer registered stands by what it awarded while it was', async () => {
    await register(certified, { until: '2026-06-05T00:00:00Z' })
    expect((await judge(certified)).report.outcome).toBe('valid')
  })

  it('that gives no day of award is judged by the day of issue', async () => {
    const { date_of_issuance: awarded, ...claims } = courseClaims
    expect(awarded).toBeDefined()
    await register(certified, { until: '2026-06-05T00:00:00Z' })
    expect((await judge(certified, { credential: { claims } })).report.outcome).toBe('invalid')
  })
})

describe('a trust anchor in the registry', () => {
  it('vouches for its issuers from when it is stored until it ends', async () => {
    const foreignDir = mkdtempSync(join(tmpdir(), 'mikromerit-foreign-'))
    await openDevelopmentAuthority(foreignDir)
    const certificate = readFileSync(join(foreignDir, 'development/ca-anchor.pem'), 'utf8')
    const now = () => verifier.clock.now()
    const foreign = await startTestIssuer({ certifiedIn: foreignDir, now })
    try {
      expect((await judge(foreign)).report.outcome).toBe('undetermined')
      const body = { label: 'Another country', certificate, since }
      const stored = await registry().put('/v1/trust/anchors/foreign', body)
      expect(stored.statusCode).toBe(200)
      expect(stored.json()).toMatchObject({ subject: expect.stringContaining('anchor') })
      expect((await judge(foreign)).report.outcome).toBe('valid')
      await registry().put('/v1/trust/anchors/foreign', { ...body, until: now().toISOString() })
      expect((await judge(foreign)).report.outcome).toBe('undetermined')
      const list = (await registry().get('/v1/trust/anchors')).json()
      expect(list.items).toHaveLength(1)
    } finally {
      await foreign.close()
    }
  })

  it.each(['not pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'is refused when it is no certificate',
    async (certificate) => {
      const response = await registry().put('/v1/trust/anchors/bad', {
        label: 'x',
        certificate,
        since,
      })
      expect([response.statusCode, problemOf(response)]).toEqual([400, 'trust-anchor-invalid'])
      expect((await registry().get('/v1/trust/anchors/bad')).statusCode).toBe(404)
    },
  )

  it('is refused when it is no authority', async () => {
    const [leaf = ''] = certified.signer.x5c ?? []
    const certificate = `-----BEGIN CERTIFICATE-----\n${leaf}\n-----END CERTIFICATE-----`
    const response = await registry().put('/v1/trust/anchors/leaf', {
      label: 'x',
      certificate,
      since,
    })
    expect([response.statusCode, problemOf(response)]).toEqual([400, 'trust-anchor-invalid'])
  })
})
