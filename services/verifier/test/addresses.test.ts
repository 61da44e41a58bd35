import { createHash } from 'node:crypto'
import { bakePng, drawDefaultBadge } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { type AnswerChanges, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import { issueBadge } from './vc-credentials.ts'

let verifier: TestVerifier
let issuer: TestIssuer
const now = () => verifier.clock.now()

beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await startTestIssuer({ certifiedIn: verifier.config.DATA_DIR, now })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const verify = async (credential: unknown) => {
  const answer = await verifier.as('verifications:write').post('/v1/verifications', { credential })
  expect(answer.statusCode).toBe(200)
  return answer.json()
}
const publish = (path: string, answer: AnswerChanges) => {
  issuer.answerWith(path, { status: 200, ...answer })
  return new URL(path, issuer.identifier).href
}

describe('an address', () => {
  it.for(['application/dc+sd-jwt', 'text/html', 'application/pdf'])(
    'leads to a credential, whatever media type it is said to have: %s',
    async (type) => {
      const url = publish('/shares/1', { type, body: await issuer.issue() })
      const report = await verify(`\n${url} `)
      expect([report.outcome, report.checks[0]]).toMatchObject([
        'valid',
        { code: 'source', outcome: 'valid', evidence: { host: new URL(url).host } },
      ])
      expect(report.microCredentials).toHaveLength(1)
    },
  )

  it('of the verification page leads to what stands in its fragment', async () => {
    const page = (inside: string) =>
      `http://localhost:3003/verify?lang=sv#${encodeURIComponent(inside)}`
    const share = publish('/shares/2', { body: await issuer.issue() })
    expect((await verify(page(share))).outcome).toBe('valid')
    expect((await verify(page(await issuer.issue()))).outcome).toBe('valid')
    const nested = Array.from({ length: 8 }).reduce<string>(page, share)
    expect((await verify(nested)).outcome).toBe('invalid')
  })

  it('leads to a picture', async () => {
    const badge = await issueBadge(issuer, { now: now() })
    const image = bakePng(drawDefaultBadge({ seed: 'a', size: 16 }), badge)
    const body = image.ok ? image.value : ''
    expect((await verify(publish('/badge.png', { type: 'image/png', body }))).outcome).toBe('valid')
  })

  it.for<[string, () => string, string]>([
    [
      'another address',
      () => publish('/loop', { body: new URL('/loop', issuer.identifier).href }),
      'source_unusable',
    ],
    [
      'an address in a data: address',
      () =>
        publish('/data', {
          body: `data:text/plain,${encodeURIComponent(new URL('/data', issuer.identifier).href)}`,
        }),
      'source_unusable',
    ],
    [
      'a page',
      () =>
        publish('/page', { type: 'text/plain', body: '<!DOCTYPE html><html lang="sv"></html>' }),
      'source_unusable',
    ],
    ['nothing', () => publish('/gone', { status: 404 }), 'source_unreachable'],
    ['another place', () => publish('/moved', { status: 302 }), 'source_unreachable'],
    ['far too much', () => publish('/large', { body: 'a'.repeat(5_000_000) }), 'source_unusable'],
  ])('leads to %s, and the report says so', async ([, publishIt, reason]) => {
    const report = await verify(publishIt())
    expect(report).toMatchObject({ outcome: 'undetermined', microCredentials: [] })
    expect(faults(report)).toContainEqual({ code: 'source', outcome: 'undetermined', reason })
  })

  it.for([
    'https://10.0.0.1/share',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:192.168.0.1]/x',
    'https://user:secret@example.com/x',
    'http://example.com/share',
  ])('that may not be called is not: %s (S-20)', async (url) => {
    const report = await verify(url)
    expect(report).toMatchObject({ outcome: 'undetermined', microCredentials: [] })
    expect(faults(report)).toEqual([
      { code: 'source', outcome: 'undetermined', reason: 'source_blocked' },
    ])
    expect(JSON.stringify(report)).not.toContain('secret')
  })

  it('of this machine is not called in production', async () => {
    const url = publish('/private', { body: await issuer.issue() })
    const other = await startVerifier({ OUTBOUND_ALLOW: 'https://somewhere.example' })
    try {
      const answer = await other
        .as('verifications:write')
        .post('/v1/verifications', { credential: url })
      expect(faults(answer.json())).toMatchObject([{ reason: 'source_blocked' }])
    } finally {
      await other.close()
    }
  })
})

describe('a badge that lies on a web site (Open Badges 2.0)', () => {
  const assertion = (changes: object = {}) => {
    const at = (path: string) => new URL(path, issuer.identifier).href
    return {
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'Assertion',
      id: at('/assertions/1'),
      recipient: { type: 'email', hashed: true, identity: `sha256$${'a'.repeat(64)}` },
      issuedOn: '2026-06-05T12:00:00Z',
      verification: { type: 'HostedBadge' },
      badge: at('/badges/1'),
      ...changes,
    }
  }
  const host = (copy: object = {}) => {
    const badge = {
      id: new URL('/badges/1', issuer.identifier).href,
      type: 'BadgeClass',
      name: 'Samarbete',
      description: 'Att arbeta tillsammans.',
      issuer: { type: 'Profile', name: 'Exempel', id: 'https://example.org' },
    }
    publish('/badges/1', { type: 'application/json', body: JSON.stringify(badge) })
    const body = JSON.stringify(assertion(copy))
    publish('/assertions/1', { type: 'application/ld+json', body })
  }
  const verifyHosted = async (given: object = assertion()) => {
    const report = await verify(given)
    const signature = report.checks.find(({ code }: { code: string }) => code === 'signature')
    expect(signature).toMatchObject({
      outcome: 'undetermined',
      evidence: { reason: 'hosted_unsigned' },
    })
    return { report, hosted: signature.evidence.hosted }
  }

  it('is confirmed by its site, and undetermined all the same', async () => {
    host()
    const { report, hosted } = await verifyHosted()
    expect([report.outcome, hosted]).toEqual(['undetermined', 'confirmed'])
    expect(report.microCredentials).toMatchObject([{ title: 'Samarbete' }])
  })

  it('is shown as its site has it when the two differ', async () => {
    host()
    expect((await verifyHosted(assertion({ issuedOn: '2020-01-01T00:00:00Z' }))).hosted).toBe(
      'different',
    )
  })

  it('is revoked when its site says so', async () => {
    host({ revoked: true })
    const { report, hosted } = await verifyHosted()
    expect([report.outcome, hosted]).toEqual(['invalid', 'revoked'])
    publish('/assertions/1', { status: 410 })
    expect((await verifyHosted()).report.outcome).toBe('invalid')
  })

  it('is compared with the one it is expected to name', async () => {
    const hashed = `sha256$${createHash('sha256').update('alva@example.orgsalt').digest('hex')}`
    const recipient = { type: 'email', hashed: true, salt: 'salt', identity: hashed }
    host({ recipient })
    const check = async (credential: object, expected: string) => {
      const body = { credential, recipient: expected }
      const answer = await verifier.as('verifications:write').post('/v1/verifications', body)
      expect(answer.body).not.toContain(expected)
      return answer.json().checks.find(({ code }: { code: string }) => code === 'recipient')
    }
    // Nobody has signed that it is: named is not proven.
    expect(await check(assertion({ recipient }), 'alva@example.org')).toMatchObject({
      outcome: 'undetermined',
      evidence: { reason: 'signature_not_checked' },
    })
    expect(await check(assertion({ recipient }), 'other@example.org')).toMatchObject({
      outcome: 'invalid',
      evidence: { reason: 'recipient_differs' },
    })
  })

  it('is asked about once, however many are handed in', async () => {
    host()
    const report = await verify({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      verifiableCredential: Array.from({ length: 3 }, () => assertion()),
    })
    const asked = report.checks.flatMap(
      ({ evidence }: { evidence: { hosted?: string } }) => evidence.hosted ?? [],
    )
    expect(asked).toEqual(['confirmed', 'not_asked', 'not_asked'])
  })

  it('is undetermined when its site cannot be asked', async () => {
    publish('/assertions/1', { status: 500 })
    const { report, hosted } = await verifyHosted()
    expect([report.outcome, hosted]).toEqual(['undetermined', 'unreachable'])
  })
})
