import { describe, expect, it } from 'vitest'
import { verify } from '../../test/described-verification.ts'
import {
  aContext,
  issueCredential,
  issuerSigner,
  now,
  signStatusList,
  withClaims,
} from '../../test/issued-credential.ts'
import { selfSign } from '../../test/self-signed-certificate.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { accept } from '../result.ts'
import type { IssuerKeyQuery, VerificationContext } from './context.ts'

describe('the issuer’s key', () => {
  it.for([
    ['untrusted', 'undetermined', 'issuer_untrusted'],
    ['unreachable', 'undetermined', 'issuer_unreachable'],
    ['mismatch', 'invalid', 'issuer_mismatch'],
  ] as const)(
    'when it is %s makes nothing else valid and fetches nothing',
    async ([outcome, expected, reason]) => {
      let fetched = 0
      const context = aContext({
        resolveIssuerKeys: async () => ({ outcome, detail: '' }),
        fetchStatusListToken: async () => {
          fetched++
          return accept(await signStatusList())
        },
        authorise: async () => ({ outcome: 'valid' }),
      })
      const { checks, report } = await verify(await issueCredential(), context)
      expect(checks[1]).toBe(`issuer_key ${expected} ${reason}`)
      expect(report.outcome).toBe(expected)
      expect(report.checks.slice(2).map((check) => check.outcome)).not.toContain('valid')
      expect(report.checks[1]?.remedy).toBeDefined()
      expect(fetched).toBe(0)
    },
  )

  it.for([
    ['x5c_expired', 'undetermined issuer_certificate_period'],
    ['x5c_not_valid_at_signing', 'undetermined issuer_certificate_period'],
    ['x5c_key_unsupported', 'undetermined algorithm_unsupported'],
    ['key_unsupported', 'undetermined algorithm_unsupported'],
    ['x5c_not_allowed', 'invalid issuer_certificate_unfit'],
    ['x5c_malformed', 'invalid issuer_certificate_unfit'],
  ] as const)('in certificates that are unfit (%s) is %s', async ([cause, expected]) => {
    const context = aContext({
      resolveIssuerKeys: async () => ({ outcome: 'unfit', cause, detail: '' }),
    })
    const { checks, report } = await verify(await issueCredential(), context)
    expect(checks[1]).toBe(`issuer_key ${expected}`)
    expect(report.checks[1]?.evidence).toMatchObject({ cause })
    expect(report.checks.slice(2).map((check) => check.outcome)).not.toContain('valid')
  })

  it('is asked for as of now and as of the day of signing (V-18)', async () => {
    const asked: IssuerKeyQuery[] = []
    const { resolveIssuerKeys } = aContext()
    await verify(
      await issueCredential(),
      aContext({
        resolveIssuerKeys: (query) => {
          asked.push(query)
          return resolveIssuerKeys(query)
        },
      }),
    )
    const [credential, list] = asked
    expect(credential).toMatchObject({ at: now, signedAt: new Date('2026-06-05T12:00:00Z') })
    expect(list).toMatchObject({ at: now, signedAt: new Date('2026-06-10T11:00:00Z') })
  })

  it('says who the issuer is when the credential does not, for the registry and the status list', async () => {
    const key = issuerSigner.publicKey
    const authorised: unknown[] = []
    const lists: unknown[] = []
    const context = aContext({
      resolveIssuerKeys: async ({ issuer: named }) => {
        if (named !== undefined) lists.push(named)
        return { outcome: 'found', keys: [key], via: 'x5c', issuer: 'https://named.example' }
      },
      authorise: async (query) => {
        authorised.push(query.issuer)
        return { outcome: 'valid' }
      },
    })
    const result = await verify(
      await withClaims(await issueCredential(), { iss: undefined }),
      context,
    )
    expect(result.outcome).toBe('valid')
    expect(result.issuer).toBe('https://named.example')
    expect(authorised).toEqual(['https://named.example'])
    expect(lists).toEqual(['https://named.example'])
  })

  it('is never taken from an answer that is no answer', async () => {
    const answers: unknown[] = [
      undefined,
      {},
      { outcome: 'valid' },
      { outcome: 'found' },
      { outcome: 'found', keys: [] },
      { outcome: 'found', keys: ['key'] },
    ]
    for (const answer of answers) {
      // Mistakes that the types would not let through.
      const resolveIssuerKeys = (async () => answer) as VerificationContext['resolveIssuerKeys']
      const { checks, outcome } = await verify(
        await issueCredential(),
        aContext({ resolveIssuerKeys }),
      )
      expect(checks[1], JSON.stringify(answer)).toMatch(/^issuer_key undetermined/)
      expect(outcome).toBe('undetermined')
    }
  })
})

describe('the certificate of an unknown issuer', () => {
  const certified = async () => {
    const { certificate, privateKey } = await selfSign()
    return issueCredential({ signer: createSoftwareSigner({ privateKey, x5c: [certificate] }) })
  }
  const context = aContext({
    resolveIssuerKeys: async () => ({ outcome: 'untrusted', detail: '' }),
  })

  it('vouches for nothing', async () => {
    const { checks, outcome } = await verify(await certified(), context)
    expect(checks).toContain('signature undetermined signature_not_checked')
    expect(outcome).toBe('undetermined')
  })

  it('still shows that a credential was altered', async () => {
    const [jwt = '', ...rest] = (await certified()).split('~')
    const [header, payload] = jwt.split('.')
    const [, , foreign] = ((await certified()).split('~')[0] ?? '').split('.')
    const { checks } = await verify([`${header}.${payload}.${foreign}`, ...rest].join('~'), context)
    expect(checks.at(-1)).toBe('signature invalid signature_invalid')
  })
})
