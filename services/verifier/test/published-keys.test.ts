import { createSoftwareSigner, generateSigningKey } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { startTestIssuer, type TestIssuer } from './test-issuer.ts'

let verifier: TestVerifier
/** Under no trust anchor: known by its keys alone. */
let stranger: TestIssuer

beforeAll(async () => {
  verifier = await startVerifier()
  stranger = await startTestIssuer({ now: () => verifier.clock.now() })
})
afterAll(async () => {
  await stranger.close()
  await verifier.close()
})

const legalName = { sv: 'Exempeluniversitetet', en: 'Example University' }
const since = '2020-01-01T00:00:00.000Z'

const register = async ({ identifier }: TestIssuer, draft: object = {}) => {
  const body = { identifier, legalName, since, ...draft }
  const response = await verifier.as('trust:write').put('/v1/trust/issuers/stranger', body)
  if (response.statusCode !== 200) throw new Error(response.body)
}

const judge = (issuer: TestIssuer, changes: Parameters<typeof present>[2] = {}) =>
  present(verifier, issuer, changes)

describe('an issuer under no anchor', () => {
  it('is found by the keys it publishes, once it is registered (V-17)', async () => {
    await register(stranger)
    const { report } = await judge(stranger)
    expect(report.outcome).toBe('valid')
    const check = report.checks.find(({ code }) => code === 'issuer_key')
    expect(check?.evidence).toMatchObject({ via: 'metadata' })
  })

  it('is found by the keys in the registry, and then by no others', async () => {
    await register(stranger, { keys: [{ ...stranger.signer.publicJwk, kid: stranger.signer.kid }] })
    const { report } = await judge(stranger)
    expect(report.outcome).toBe('valid')
    expect(report.checks.find(({ code }) => code === 'issuer_key')?.evidence).toMatchObject({
      via: 'registry',
    })
    await register(stranger, { keys: [{ ...stranger.signer.publicJwk, kid: 'by another name' }] })
    const renamed = await judge(stranger)
    expect(renamed.report.checks.find(({ code }) => code === 'issuer_key')?.evidence).toMatchObject(
      {
        reason: 'issuer_mismatch',
      },
    )
    await register(stranger, { keys: [{ ...generateSigningKey().publicJwk, kid: 'pinned' }] })
    expect((await judge(stranger)).report.outcome).not.toBe('valid')
  })

  const keySet = ({ signer }: TestIssuer, changes: object = {}) => ({
    keys: [{ ...signer.publicJwk, kid: signer.kid, use: 'sig', alg: 'ES256', ...changes }],
  })
  const judgeWithMetadata = async (build: (issuer: TestIssuer) => unknown, status = 200) => {
    const other = await startTestIssuer({ now: () => verifier.clock.now() })
    const answerWith = (path: string, content: unknown) =>
      other.answerWith(path, {
        status,
        type: 'application/json',
        body: typeof content === 'string' ? content : JSON.stringify(content),
      })
    answerWith('/.well-known/jwt-vc-issuer/exempel', build(other))
    answerWith('/exempel/jwks', keySet(other))
    try {
      await verifier.as('trust:write').put('/v1/trust/issuers/other', {
        identifier: other.identifier,
        legalName,
        since,
      })
      const { report } = await judge(other)
      const check = report.checks.find(({ code }) => code === 'issuer_key')
      return `${check?.outcome} ${check?.evidence?.reason}`
    } finally {
      await other.close()
    }
  }

  it('may publish its keys at another address', async () => {
    const build = ({ identifier }: TestIssuer) => ({
      issuer: identifier,
      jwks_uri: `${identifier}/jwks`,
    })
    expect(await judgeWithMetadata(build)).toBe('valid issuer_key_found')
  })

  it.each<[string, (issuer: TestIssuer) => unknown]>([
    [
      'names another issuer',
      (issuer) => ({ issuer: `${issuer.identifier}/`, jwks: keySet(issuer) }),
    ],
    ['has neither keys nor their address', ({ identifier }) => ({ issuer: identifier })],
    [
      'has keys and an address of keys',
      (issuer) => ({
        issuer: issuer.identifier,
        jwks: keySet(issuer),
        jwks_uri: `${issuer.identifier}/jwks`,
      }),
    ],
    [
      'has the key for encryption',
      (issuer) => ({ issuer: issuer.identifier, jwks: keySet(issuer, { use: 'enc' }) }),
    ],
    [
      'has the key by another name',
      (issuer) => ({ issuer: issuer.identifier, jwks: keySet(issuer, { kid: 'other' }) }),
    ],
    ['has no keys', ({ identifier }) => ({ issuer: identifier, jwks: { keys: [] } })],
  ])('whose metadata %s is invalid (V-17)', async (_what, build) => {
    expect(await judgeWithMetadata(build)).toBe('invalid issuer_mismatch')
  })

  it('whose key is of a kind that cannot be used here is undetermined', async () => {
    const build = (issuer: TestIssuer) => ({
      issuer: issuer.identifier,
      jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AAAA', kid: issuer.signer.kid }] },
    })
    expect(await judgeWithMetadata(build)).toBe('undetermined algorithm_unsupported')
  })

  it('whose metadata cannot be had, or read, is undetermined', async () => {
    expect(await judgeWithMetadata(() => ({}), 500)).toBe('undetermined issuer_unreachable')
    expect(await judgeWithMetadata(() => '<html>')).toBe('undetermined issuer_unreachable')
  })

  it('does not make us fetch for every unknown key (S-07)', async () => {
    await register(stranger)
    await judge(stranger)
    const before = stranger.fetches.metadata
    for (let at = 0; at < 5; at++) {
      const signer = createSoftwareSigner({ privateKey: generateSigningKey().privateKey })
      await judge(stranger, { credential: { signer } })
    }
    expect(stranger.fetches.metadata - before).toBeLessThanOrEqual(1)
  })
})
