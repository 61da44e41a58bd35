import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerReport } from '../src/index.ts'
import { faults } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { aHolder, startTestIssuer, type TestIssuer } from './test-issuer.ts'

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

const verify = (credential: unknown) =>
  verifier.as('verifications:write').post('/v1/verifications', { credential })

describe('POST /v1/verifications', () => {
  it('reports on a pasted credential, white space and all', async () => {
    const response = await verify(`\n  ${await issuer.issue()}  \n`)
    expect(response.statusCode).toBe(200)
    expect(response.headers['cache-control']).toBe('no-store')
    const report = response.json()
    expect(report.outcome).toBe('valid')
    expect(report.microCredentials[0]).toMatchObject({ title: 'Datadriven affärsutveckling' })
    expect(report.verifiedAt).toBe(verifier.clock.now().toISOString())
    const codes = report.checks.map(({ code }: { code: string }) => code)
    expect(codes).not.toContain('key_binding')
  })

  it('stores nothing', async () => {
    await verify(await issuer.issue())
    for (const table of ['presentation_requests', 'wallet_requests', 'idempotency_keys'])
      expect(await verifier.rows(table)).toEqual([])
  })

  it.each<[string, unknown]>([
    ['free text', 'Alva har gått kursen'],
    ['a plain JWT', 'eyJhbGciOiJub25lIn0.e30.'],
    ['white space', '   '],
    ['an object', { '@context': [], type: ['VerifiableCredential'] }],
    ['a deeply nested object', JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`)],
    ['a text with a null character', 'a\u0000b~'],
    ['many tildes', '~'.repeat(1_000)],
  ])('reports %s as no credential', async (_what, credential) => {
    const response = await verify(credential)
    expect(response.statusCode).toBe(200)
    const report = response.json()
    expect(report).toMatchObject({ outcome: 'invalid', microCredentials: [] })
    expect(faults(report)[0]).toMatchObject({ code: 'format', outcome: 'invalid' })
  })

  it('says that a presentation belongs to another place', async () => {
    const holder = aHolder()
    const credential = await issuer.issue({ holder })
    const request = { nonce: 'n', client_id: 'x509_hash:other' }
    const token = await verifier.wallet.present(request as never, credential, holder)
    const report = (await verify(token)).json()
    expect(faults(report)).toMatchObject([{ code: 'key_binding', outcome: 'undetermined' }])
  })

  it('reports what is revoked, and what cannot be found out', async () => {
    issuer.setStatus(3, 1)
    verifier.clock.advance(61)
    const revoked = await issuer.issue({ status: { uri: issuer.statusListUri, idx: 3 } })
    expect(faults((await verify(revoked)).json())).toMatchObject([
      { code: 'status', outcome: 'invalid', reason: 'revoked' },
    ])
    const uri = 'http://localhost:9/gone'
    const unreachable = await issuer.issue({ status: { uri, idx: 3 } })
    expect((await verify(unreachable)).json().outcome).toBe('undetermined')
  })

  it('never calls an address that is not for us (S-20)', async () => {
    for (const uri of [
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
      'https://10.0.0.1/x',
    ]) {
      const credential = await issuer.issue({ status: { uri, idx: 0 } })
      const report = (await verify(credential)).json()
      expect(report.outcome).toBe('undetermined')
      expect(JSON.stringify(report)).not.toContain('ECONNREFUSED')
    }
  })

  it.each<[string, unknown, number]>([
    ['no credential', {}, 400],
    ['an unknown member', { credential: 'x', surplus: 1 }, 400],
    ['a number', { credential: 1 }, 400],
    ['an empty text', { credential: '' }, 400],
    ['a body beyond the limit', { credential: 'a'.repeat(600_000) }, 413],
  ])('refuses %s', async (_what, body, status) => {
    const response = await verifier.as('verifications:write').post('/v1/verifications', body)
    expect(response.statusCode).toBe(status)
    expect(response.headers['content-type']).toContain('application/problem+json')
  })

  it('refuses JSON that is none', async () => {
    const token = await verifier.token('verifications:write')
    const response = await verifier.app.inject({
      method: 'POST',
      url: '/v1/verifications',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      payload: '{"credential": ',
    })
    expect([response.statusCode, response.json().type]).toEqual([
      400,
      'http://localhost:3003/problems/malformed-json',
    ])
  })
})

interface Attacks {
  readonly clock: number
  readonly issuer: string
  readonly issuer_jwks: { readonly keys: readonly object[] }
  readonly cases: readonly {
    readonly name: string
    readonly expect: string
    readonly token: string
  }[]
}

const readAttacks = (): Attacks | undefined => {
  const path = '../../../../shared/vectors/sd-jwt/attacks.json'
  try {
    return JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'))
  } catch {
    return undefined
  }
}

const attacks = readAttacks()

describe.skipIf(!attacks)('published attacks', () => {
  it('are answered with a report, and none is valid', async () => {
    if (!attacks) return
    const other = await startVerifier({}, new Date(attacks.clock * 1_000))
    try {
      const [key] = attacks.issuer_jwks.keys
      const entry = {
        identifier: attacks.issuer,
        legalName: { sv: 'Angripare', en: 'Attacker' },
        since: '2020-01-01T00:00:00Z',
        keys: [key],
      }
      const stored = await other.as('trust:write').put('/v1/trust/issuers/attacks', entry)
      expect(stored.statusCode).toBe(200)
      for (const { name, expect: expected, token } of attacks.cases) {
        const response = await other
          .as('verifications:write')
          .post('/v1/verifications', { credential: token })
        expect([name, response.statusCode]).toEqual([name, 200])
        if (expected !== 'accept')
          expect([name, response.json().outcome]).not.toEqual([name, 'valid'])
        // So that the others fail for what is wrong in them, and not for an unknown issuer.
        if (name === 'valid, one disclosure') expect(signatureOf(response.json())).toBe('valid')
      }
    } finally {
      await other.close()
    }
  })
})

const signatureOf = ({ checks }: AnswerReport) =>
  checks.find(({ code }) => code === 'signature')?.outcome
