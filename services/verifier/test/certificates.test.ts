import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authorityKeyIdentifiers, generateSigningKey } from '@mikromerit/credentials'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerReport } from '../src/index.ts'
import { faults, present } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import {
  startTestIssuer,
  type TestIssuer,
  type TestIssuerOptions,
  withoutIssuer,
} from './test-issuer.ts'

let verifier: TestVerifier
let issuer: TestIssuer
const started: TestIssuer[] = []

const start = async (options: Partial<TestIssuerOptions> = {}) => {
  const now = () => verifier.clock.now()
  const made = await startTestIssuer({ certifiedIn: verifier.config.DATA_DIR, now, ...options })
  started.push(made)
  return made
}
const inHours = (hours: number) => new Date(verifier.clock.now().getTime() + hours * 3_600_000)

beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await start()
})
afterEach(() => Promise.all(started.splice(1).map((made) => made.close())))
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const verify = async (credential: string): Promise<AnswerReport> =>
  (await verifier.as('verifications:write').post('/v1/verifications', { credential })).json()

const register = (identifier: string, draft: object = {}) =>
  verifier.as('trust:write').put('/v1/trust/issuers/entry', {
    identifier,
    legalName: { sv: 'Exempeluniversitetet', en: 'Example University' },
    since: '2020-01-01T00:00:00Z',
    ...draft,
  })

describe('the certificate of an issuer (V-18)', () => {
  it('proves nothing when it has run out, and nobody is accused', async () => {
    const brief = await start({ certified: { notAfter: inHours(1) } })
    const credential = await brief.issue()
    expect((await verify(credential)).outcome).toBe('valid')
    verifier.clock.advance(2 * 3_600)
    const report = await verify(credential)
    expect(report.outcome).toBe('undetermined')
    expect(faults(report)[0]).toMatchObject({
      code: 'issuer_key',
      reason: 'issuer_certificate_period',
    })
    expect(report.checks[1]?.evidence).toMatchObject({ cause: 'x5c_expired' })
  })

  it('must have been valid when the credential was issued, give or take a rounded day', async () => {
    const young = await start({ certified: { notBefore: inHours(-1) } })
    expect((await verify(await young.issue({ issuedAt: inHours(-24) }))).outcome).toBe('valid')
    const report = await verify(await young.issue({ issuedAt: inHours(-26) }))
    expect(report.outcome).toBe('undetermined')
    expect(report.checks[1]?.evidence).toMatchObject({ cause: 'x5c_not_valid_at_signing' })
  })

  it('does not stand in for keys that the registry holds', async () => {
    await register(issuer.identifier, { keys: [generateSigningKey().publicJwk] })
    expect((await verify(await issuer.issue())).outcome).toBe('invalid')
    await register(issuer.identifier)
    expect((await verify(await issuer.issue())).outcome).toBe('valid')
  })
})

describe('an issuer of another country', () => {
  it('is trusted when its root stands in TRUST_ANCHORS_FILE, and only then', async () => {
    const foreignDir = mkdtempSync(join(tmpdir(), 'mikromerit-foreign-'))
    const foreign = await start({ certifiedIn: foreignDir })
    expect((await verify(await foreign.issue())).outcome).toBe('undetermined')
    const anchors = join(foreignDir, 'development/ca-anchor.pem')
    const other = await startVerifier({ TRUST_ANCHORS_FILE: anchors }, verifier.clock.now())
    try {
      const credential = await foreign.issue()
      const caller = other.as('verifications:write')
      const { outcome, checks } = (await caller.post('/v1/verifications', { credential })).json()
      expect(outcome).toBe('valid')
      expect(checks[1]).toMatchObject({ code: 'issuer_key', evidence: { via: 'x5c' } })
    } finally {
      await other.close()
      rmSync(foreignDir, { recursive: true })
    }
  })
})

describe('a credential that names no issuer', () => {
  it('is its who the certificate names: by its own name and by the registry', async () => {
    const credential = await withoutIssuer(await issuer.issue(), issuer.signer)
    await register('https://somebody.example')
    const byAnchor = await verify(credential)
    expect(byAnchor.outcome).toBe('valid')
    expect(byAnchor.checks[1]?.evidence).toMatchObject({ issuer: issuer.identifier, via: 'x5c' })
    await register(issuer.identifier, { mayAward: { vcts: ['urn:other'] } })
    const byRegistry = await verify(credential)
    expect(faults(byRegistry)).toMatchObject([{ code: 'issuer_authorised', outcome: 'invalid' }])
  })

  it('is held to the keys that the registry has for whom the certificate names', async () => {
    await register(issuer.identifier, { keys: [generateSigningKey().publicJwk] })
    const credential = await withoutIssuer(await issuer.issue(), issuer.signer)
    expect((await verify(credential)).outcome).toBe('invalid')
    await register(issuer.identifier)
  })

  it('is nobody’s without a certificate', async () => {
    const stranger = await startTestIssuer({ now: () => verifier.clock.now() })
    started.push(stranger)
    const credential = await withoutIssuer(await stranger.issue(), stranger.signer)
    const report = await verify(credential)
    expect(report.outcome).toBe('undetermined')
    expect(faults(report)[0]).toMatchObject({ code: 'issuer_key', reason: 'issuer_untrusted' })
  })
})

describe('trusted authorities of a query (V-13)', () => {
  const asking = (values: string[]) => ({
    dcql: {
      credentials: [
        {
          id: 'micro_credential',
          format: 'dc+sd-jwt',
          meta: { vct_values: ['urn:eu.europa.ec.eudi:learning:credential:1'] },
          trusted_authorities: [{ type: 'aki', values }],
        },
      ],
    },
  })

  it('are looked for in the chain, whatever the wallet thought', async () => {
    const [ofLeaf = '', ofAuthority = ''] = authorityKeyIdentifiers(issuer.signer.x5c ?? [])
    const authority = new X509Certificate(Buffer.from(issuer.signer.x5c?.[1] ?? '', 'base64'))
    expect(authority.ca).toBe(true)
    for (const value of [ofLeaf, ofAuthority]) {
      const { report } = await present(verifier, issuer, { draft: asking(['AAAA', value]) })
      expect(report.outcome).toBe('valid')
    }
    const { report } = await present(verifier, issuer, { draft: asking(['AAAA']) })
    expect(faults(report)).toMatchObject([
      { code: 'query', outcome: 'invalid', reason: 'authority_not_accepted' },
    ])
  })

  it.each([
    ['etsi_tl', 'https://lists.example/tl'],
    ['openid_federation', 'https://federation.example'],
  ])(
    'named by %s leave it open whether the issuer is one, and are asked of wallets (V-13, V-30)',
    async (type, value) => {
      const [, ofAuthority = ''] = authorityKeyIdentifiers(issuer.signer.x5c ?? [])
      const [query] = asking([]).dcql.credentials
      const draftOf = (...others: object[]) => ({
        dcql: {
          credentials: [{ ...query, trusted_authorities: [{ type, values: [value] }, ...others] }],
        },
      })
      const { report } = await present(verifier, issuer, { draft: draftOf() })
      expect(report.outcome).toBe('undetermined')
      expect(faults(report)).toMatchObject([{ code: 'query', reason: 'authority_unknown' }])
      const aki = { type: 'aki', values: [ofAuthority] }
      const { report: settled } = await present(verifier, issuer, { draft: draftOf(aki) })
      expect(settled.outcome).toBe('valid')
    },
  )

  it('of a kind that nobody knows are refused when the request is made', async () => {
    const draft = asking(['AAAA'])
    const [query] = draft.dcql.credentials
    const dcql = {
      credentials: [{ ...query, trusted_authorities: [{ type: 'hearsay', values: ['x'] }] }],
    }
    const response = await verifier
      .as('presentation-requests:write')
      .post('/v1/presentation-requests', { purpose: { sv: 'a', en: 'b' }, dcql })
    expect([response.statusCode, response.json().type]).toEqual([
      400,
      'http://localhost:3003/problems/validation-failed',
    ])
  })
})
