import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awardRecords } from '../../test/award-records.ts'
import { verify } from '../../test/described-verification.ts'
import {
  aContext,
  holderSigner,
  issueCredential,
  issuer,
  issuerSigner,
  now,
  present,
  strangerSigner,
  withClaims,
} from '../../test/issued-credential.ts'
import { parseSdJwt } from '../sd-jwt/parse.ts'
import { selectDisclosures } from '../sd-jwt/select.ts'
import type { VerificationContext } from './context.ts'

const keyBinding = { nonce: 'n-1', audience: 'x509_hash:verifier', maxAgeSeconds: 300 }
describe('verifyCredential', () => {
  it('finds a good credential valid, check by check and in order', async () => {
    const { report, checks, outcome, payload, vct, ...rest } = await verify(await issueCredential())
    expect(checks).toEqual([
      'format valid format_valid',
      'issuer_key valid issuer_key_found',
      'signature valid signature_valid',
      'disclosures valid disclosures_valid',
      'type valid type_accepted',
      'validity_period valid period_valid',
      'status valid status_valid',
      'content valid content_valid',
    ])
    expect(outcome).toBe('valid')
    expect(report.microCredentials).toMatchObject([{ title: 'Datadriven affärsutveckling' }])
    expect(payload).toMatchObject({ family_name: 'Exempelsson' })
    expect(rest).toMatchObject({ issuer, disclosed: expect.arrayContaining([['family_name']]) })
    expect(vct).toBe(report.microCredentials[0]?.type)
  })

  it('finds it valid with any of its claims disclosed', async () => {
    const names = fc.subarray([
      'family_name',
      'learning_outcomes',
      'assessment_grade',
      'levels',
      'award_id',
    ])
    await fc.assert(
      fc.asyncProperty(awardRecords, names, async (record, selected) => {
        const sdJwt = parseSdJwt(await issueCredential({ record }))
        const shown = sdJwt.ok
          ? selectDisclosures(
              sdJwt.value,
              selected.map((name) => [name]),
            )
          : sdJwt
        if (!shown.ok) throw new Error(shown.detail)
        const { outcome, disclosed = [] } = await verify(shown.value)
        expect(outcome).toBe('valid')
        expect(selected).toEqual(expect.arrayContaining(disclosed.map(([name]) => name)))
      }),
      { numRuns: 25 },
    )
  })

  it.for(['', 'x', 'a.b.c~', 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln', '{"a":1}'])(
    'refuses %s as no credential',
    async (token) => {
      expect((await verify(token)).checks).toEqual(['format invalid format_invalid'])
    },
  )

  it('refuses an altered credential and says nothing more about it', async () => {
    const [jwt = '', ...disclosures] = (await issueCredential()).split('~')
    const [header, , signature] = jwt.split('.')
    const other = (await issueCredential({ claims: { issuing_country: 'NO' } })).split('.')[1]
    const { report, checks, payload } = await verify(
      [`${header}.${other}.${signature}`, ...disclosures].join('~'),
    )
    expect(checks.at(-1)).toBe('signature invalid signature_invalid')
    expect(report.microCredentials).toEqual([])
    expect(payload).toBeUndefined()
  })

  it('refuses a credential signed by another key', async () => {
    const { checks, outcome } = await verify(await issueCredential({ signer: strangerSigner }))
    expect(checks.at(-1)).toBe('signature invalid signature_invalid')
    expect(outcome).toBe('invalid')
  })

  it.for([
    ['ES384', 'undetermined algorithm_unsupported'],
    ['RS256', 'undetermined algorithm_unsupported'],
    ['none', 'invalid signature_invalid'],
    ['HS256', 'invalid signature_invalid'],
  ] as const)('cannot check a signature by %s: %s', async ([alg, expected]) => {
    const [jwt = '', ...rest] = (await issueCredential()).split('~')
    const header = Buffer.from(JSON.stringify({ alg, typ: 'dc+sd-jwt' })).toString('base64url')
    const token = [[header, ...jwt.split('.').slice(1)].join('.'), ...rest].join('~')
    const { checks, report } = await verify(token)
    expect(checks).toContain(`signature ${expected}`)
    expect(report.checks.slice(3).map(({ outcome }) => outcome)).not.toContain('valid')
  })

  it('refuses disclosures of another credential, and gives out no claims', async () => {
    const [jwt] = (await issueCredential()).split('~', 1)
    const [, foreign] = (await issueCredential()).split('~')
    const { checks, payload } = await verify(`${jwt}~${foreign}~`)
    expect(checks).toContain('disclosures invalid disclosures_invalid')
    expect(checks.some((check) => check.startsWith('content'))).toBe(false)
    expect(payload).toBeUndefined()
  })

  it('refuses a type that was not asked for', async () => {
    const { checks } = await verify(
      await issueCredential(),
      aContext({ acceptedVct: ['urn:other'] }),
    )
    expect(checks).toContain('type invalid type_not_accepted')
  })

  it('cannot vouch for content it does not recognise', async () => {
    const token = await issueCredential({
      vct: 'urn:other',
      claims: { achievement_title: undefined },
    })
    const { checks, report } = await verify(token)
    expect(checks).toContain('content undetermined content_unknown')
    expect(report.microCredentials).toMatchObject([{ title: 'urn:other' }])
  })
})

describe('the validity period', () => {
  it.for([
    ['has run out', { expiresAt: now }, 'expired'],
    ['has not begun', { issuedAt: new Date('2026-06-10T12:01:01Z') }, 'not_yet_valid'],
    [
      'is that of a lapsed competence',
      { claims: { date_of_expiry: '2026-06-09' } },
      'achievement_expired',
    ],
  ] as const)('that %s makes it invalid', async ([, change, reason]) => {
    expect((await verify(await issueCredential(change))).checks).toContain(
      `validity_period invalid ${reason}`,
    )
  })

  it('forgives an issuer’s clock a minute, and a competence its last day', async () => {
    const token = await issueCredential({
      issuedAt: new Date('2026-06-10T12:00:59Z'),
      claims: { date_of_expiry: '2026-06-10' },
    })
    expect((await verify(token)).outcome).toBe('valid')
    expect((await verify(token, aContext({ clockSkewSeconds: 10 }))).outcome).toBe('invalid')
  })

  it('forgives no more than a minute, whatever it is told (V-29)', async () => {
    const token = await issueCredential({ issuedAt: new Date('2026-06-10T12:01:01Z') })
    expect((await verify(token, aContext({ clockSkewSeconds: 3_600 }))).outcome).toBe('invalid')
    const present = await issueCredential({ issuedAt: now })
    expect((await verify(present, aContext({ clockSkewSeconds: -60 }))).outcome).toBe('valid')
  })
})

describe('the issuer’s authorisation', () => {
  it('is what the trust registry answers about this issuer, type and content', async () => {
    const context = aContext({
      authorise: async ({ issuer: asked, vct, microCredential, at }) => {
        expect([asked, at]).toEqual([issuer, now])
        expect(microCredential).toMatchObject({ type: vct, title: 'Datadriven affärsutveckling' })
        return { outcome: 'invalid', code: 'outside_period', evidence: { until: '2026-01-01' } }
      },
    })
    const { report } = await verify(await issueCredential(), context)
    expect(report.checks.find(({ code }) => code === 'issuer_authorised')).toMatchObject({
      outcome: 'invalid',
      evidence: { reason: 'outside_period', until: '2026-01-01' },
    })
  })

  it('is undetermined when the registry throws or answers nonsense', async () => {
    const answers = [
      async () => undefined,
      async () => ({ outcome: 'yes' }),
      () => {
        throw new Error('down')
      },
    ]
    for (const authorise of answers as unknown as NonNullable<VerificationContext['authorise']>[]) {
      const { checks, outcome } = await verify(await issueCredential(), aContext({ authorise }))
      expect(checks).toContain('issuer_authorised undetermined check_failed')
      expect(outcome).toBe('undetermined')
    }
  })
})

describe('the key binding', () => {
  it('is valid when the holder answered this request', async () => {
    const { checks, outcome } = await verify(
      await present(await issueCredential()),
      aContext({ keyBinding }),
    )
    expect(checks).toContain('key_binding valid key_binding_valid')
    expect(outcome).toBe('valid')
  })

  it.for([
    ['of another request', { nonce: 'n-2' }, 'key_binding_nonce'],
    ['for another verifier', { audience: 'x509_hash:other' }, 'key_binding_audience'],
    ['by another key', { signer: issuerSigner }, 'key_binding_signature'],
  ] as const)('%s is invalid', async ([, change, cause]) => {
    const { report, payload } = await verify(
      await present(await issueCredential(), change),
      aContext({ keyBinding }),
    )
    // V-15: what somebody else shows is discarded.
    expect([report.microCredentials, payload]).toEqual([[], undefined])
    expect(report.checks.find(({ code }) => code === 'key_binding')).toMatchObject({
      outcome: 'invalid',
      evidence: { cause },
    })
  })

  it('is required when a presentation was requested', async () => {
    const { checks } = await verify(await issueCredential(), aContext({ keyBinding }))
    expect(checks).toContain('key_binding invalid key_binding_invalid')
  })

  it('is invalid for a credential that is bound to no key', async () => {
    const unbound = await withClaims(await issueCredential(), { cnf: undefined })
    const { report, outcome } = await verify(await present(unbound), aContext({ keyBinding }))
    expect(outcome).toBe('invalid')
    expect(report.checks.find(({ code }) => code === 'key_binding')?.evidence).toMatchObject({
      cause: 'holder_key_missing',
    })
  })

  it('forgives a holder’s clock as much as it is told (V-29)', async () => {
    const early = new Date(now.getTime() - 30_000)
    const token = await present(await issueCredential())
    const withSkew = (clockSkewSeconds: number) =>
      verify(token, aContext({ keyBinding, clockSkewSeconds, now: early }))
    expect((await withSkew(30)).outcome).toBe('valid')
    expect((await withSkew(29)).checks).toContain('key_binding invalid key_binding_invalid')
  })

  it('cannot be checked on a presentation that somebody pasted', async () => {
    const { checks, outcome } = await verify(
      await present(await issueCredential(), { signer: holderSigner }),
    )
    expect(checks).toContain('key_binding undetermined key_binding_not_checked')
    expect(outcome).toBe('undetermined')
  })
})
