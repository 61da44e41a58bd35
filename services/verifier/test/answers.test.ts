import { createSoftwareSigner, generateSigningKey } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FlowChanges, faults, openRequest, present, readRequest } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { aHolder, courseClaims, startTestIssuer, type TestIssuer } from './test-issuer.ts'

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

const faultsOf = async (changes: FlowChanges) => {
  const { report } = await present(verifier, issuer, changes)
  return { outcome: report.outcome, faults: faults(report) }
}

/** Flips a character in the middle of a part, which a signature or digest covers. */
const changeAt = (token: string, at: number) =>
  `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`

describe('a valid answer', () => {
  it('passes every check, each with a title and a detail in both languages', async () => {
    const { report } = await present(verifier, issuer)
    expect(report.outcome).toBe('valid')
    expect(report.checks.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'format',
        'issuer_key',
        'signature',
        'disclosures',
        'type',
        'validity_period',
        'status',
        'issuer_authorised',
        'key_binding',
        'content',
        'query',
      ]),
    )
    for (const { title, detail } of report.checks)
      for (const text of [title.sv, title.en, detail.sv, detail.en]) expect(text).not.toBe('')
  })
})

describe('a credential', () => {
  it('that has expired is invalid', async () => {
    const issuedAt = new Date(verifier.clock.now().getTime() - 100_000)
    const expiresAt = verifier.clock.now()
    const result = await faultsOf({ credential: { issuedAt, expiresAt } })
    expect(result.outcome).toBe('invalid')
    expect(result.faults.map(({ code }) => code)).toContain('validity_period')
  })

  it('that is from the future is invalid, beyond a minute of skew (S-25)', async () => {
    const ahead = (seconds: number) => new Date(verifier.clock.now().getTime() + seconds * 1_000)
    const near = await faultsOf({ credential: { issuedAt: ahead(30) } })
    expect(near.outcome).toBe('valid')
    const far = await faultsOf({ credential: { issuedAt: ahead(600) } })
    expect(far.outcome).toBe('invalid')
  })

  it('of another type than asked for is invalid (V-19)', async () => {
    const result = await faultsOf({ credential: { vct: 'urn:another:type' } })
    expect(result.outcome).toBe('invalid')
    expect(result.faults.map(({ code }) => code)).toContain('type')
  })

  it('of an issuer that nobody knows is undetermined, and says what to do', async () => {
    const stranger = await startTestIssuer({ now: () => verifier.clock.now() })
    try {
      const { report } = await present(verifier, stranger)
      expect(report.outcome).not.toBe('valid')
      const check = report.checks.find(({ code }) => code === 'issuer_key')
      expect(check?.outcome).toBe('undetermined')
      expect(check?.remedy?.en).not.toBe('')
      expect(stranger.fetches.metadata).toBe(0)
    } finally {
      await stranger.close()
    }
  })

  it('signed with the certificate of another issuer is invalid (V-18)', async () => {
    const result = await faultsOf({ credential: { issuer: `${issuer.identifier}-other` } })
    expect(result.outcome).not.toBe('valid')
    expect(result.faults.map(({ code }) => code)).toContain('issuer_key')
  })

  it('signed by another key than its certificate’s is invalid', async () => {
    const { privateKey } = generateSigningKey()
    const { x5c = [] } = issuer.signer
    const signer = createSoftwareSigner({ privateKey, x5c, kid: issuer.signer.kid })
    const result = await faultsOf({ credential: { signer } })
    expect(result.outcome).toBe('invalid')
    expect(result.faults.map(({ code }) => code)).toContain('signature')
  })

  it('whose signed part was changed is invalid', async () => {
    const result = await faultsOf({ tamper: (token) => changeAt(token, token.indexOf('.') + 20) })
    expect(result.outcome).toBe('invalid')
  })

  it('with a changed disclosure is invalid', async () => {
    const result = await faultsOf({
      tamper: (token) => changeAt(token, token.indexOf('~') + 60),
    })
    expect(result.outcome).toBe('invalid')
  })

  it('with a disclosure sent twice is invalid (F-10)', async () => {
    const result = await faultsOf({
      tamper: (token) => {
        const parts = token.split('~')
        return [parts[0], parts[1], ...parts.slice(1)].join('~')
      },
    })
    expect(result.outcome).toBe('invalid')
  })

  it('that is no credential at all is invalid, and not an error', async () => {
    const result = await faultsOf({ tamper: () => 'not a credential' })
    expect(result).toMatchObject({ outcome: 'invalid', faults: [{ code: 'format' }] })
  })
})

describe('the key binding', () => {
  it('for another audience is invalid (V-15)', async () => {
    const result = await faultsOf({ presentation: { audience: 'x509_hash:another' } })
    expect(result).toMatchObject({ outcome: 'invalid', faults: [{ code: 'key_binding' }] })
  })

  it.each([
    ['older than five minutes', -301],
    ['from the future', 120],
  ])('%s is invalid (V-29)', async (_what, seconds) => {
    const issuedAt = new Date(verifier.clock.now().getTime() + seconds * 1_000)
    const result = await faultsOf({ presentation: { issuedAt } })
    expect(result).toMatchObject({ outcome: 'invalid', faults: [{ code: 'key_binding' }] })
  })

  it('by another key than the credential’s is invalid', async () => {
    const { id, request } = await openRequest(verifier)
    const credential = await issuer.issue({ holder: aHolder() })
    const token = await verifier.wallet.present(request, credential, aHolder())
    await verifier.wallet.answer(request, { micro_credential: [token] })
    const { report } = (await readRequest(verifier, id)).json()
    expect(faults(report)).toMatchObject([{ code: 'key_binding', outcome: 'invalid' }])
  })

  it('that is missing is invalid (V-14)', async () => {
    const result = await faultsOf({ tamper: (token) => token.slice(0, token.lastIndexOf('~') + 1) })
    expect(result.outcome).toBe('invalid')
    expect(result.faults.map(({ code }) => code)).toContain('key_binding')
  })

  it('over other disclosures than those shown is invalid', async () => {
    const result = await faultsOf({
      tamper: (token) => {
        const [jwt, , ...rest] = token.split('~')
        return [jwt, ...rest].join('~')
      },
    })
    expect(result.outcome).toBe('invalid')
    expect(result.faults.map(({ code }) => code)).toContain('key_binding')
  })
})

describe('the query', () => {
  const vct_values = ['urn:eu.europa.ec.eudi:learning:credential:1']
  const asking = (claims: unknown[]) => ({
    dcql: {
      credentials: [{ id: 'micro_credential', format: 'dc+sd-jwt', meta: { vct_values }, claims }],
    },
  })

  it('is not met when a claim is missing, although the wallet answered (V-13)', async () => {
    const result = await faultsOf({ presentation: { disclose: ['notional_workload'] } })
    expect(result).toMatchObject({ outcome: 'invalid', faults: [{ code: 'query' }] })
  })

  it('is not met when a value is another than asked for (V-13)', async () => {
    const draft = asking([{ path: ['levels', null, 'level'], values: [7] }])
    const result = await faultsOf({ draft, presentation: { disclose: ['levels'] } })
    expect(result).toMatchObject({ outcome: 'invalid', faults: [{ code: 'query' }] })
  })

  it('is met by a value among those asked for', async () => {
    const draft = asking([{ path: ['levels', null, 'level'], values: [5, 6] }])
    const result = await faultsOf({ draft, presentation: { disclose: ['levels'] } })
    expect(result.outcome).toBe('valid')
  })

  it('of the standard kind is met by an award without level, credits and skills', async () => {
    const { levels, skills, ...claims } = courseClaims
    expect([levels, skills]).toBeDefined()
    const result = await faultsOf({ credential: { claims } })
    expect(result.outcome).toBe('valid')
  })
})
