import { generateKeyPairSync, randomUUID } from 'node:crypto'
import {
  createSoftwareSigner,
  createVcSigner,
  generateSigningKey,
  signOpenBadgeJwt,
  signReplacement,
  signVpJwt,
} from '@mikromerit/credentials'
import { openDevelopmentAuthority } from '@mikromerit/service-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { faults } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { aHolder, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import {
  aBadge,
  issueBadge,
  issueElm,
  publishList,
  revocationEntry,
  type VcChanges,
} from './vc-credentials.ts'

let verifier: TestVerifier
let issuer: TestIssuer
let stranger: TestIssuer

const now = () => verifier.clock.now()

beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await startTestIssuer({ certifiedIn: verifier.config.DATA_DIR, now })
  stranger = await startTestIssuer({ now })
})
beforeEach(() => publishList(issuer, now()))
afterAll(async () => {
  await issuer.close()
  await stranger.close()
  await verifier.close()
})

const verify = async (credential: unknown) => {
  const answer = await verifier.as('verifications:write').post('/v1/verifications', { credential })
  expect([answer.statusCode, answer.body]).toEqual([200, expect.anything()])
  return answer.json()
}
const badge = (changes: Partial<VcChanges> = {}) => issueBadge(issuer, { now: now(), ...changes })
const elm = (changes: Partial<VcChanges> = {}) => issueElm(issuer, { now: now(), ...changes })
const codesOf = ({ checks }: { checks: { code: string }[] }) => checks.map(({ code }) => code)

describe('a VC-JWT', () => {
  it.for([
    ['an Open Badge', badge],
    ['a European Digital Credential', elm],
  ] as const)('%s is checked like any credential', async ([, issue]) => {
    const report = await verify(await issue({ status: revocationEntry(issuer) }))
    expect([report.outcome, faults(report)]).toEqual(['valid', []])
    expect(codesOf(report)).toEqual([
      'format',
      'issuer_key',
      'signature',
      'type',
      'validity_period',
      'status',
      'issuer_authorised',
      'content',
    ])
    expect(report.microCredentials).toMatchObject([
      { title: 'Datadriven affärsutveckling', issuer: { identifier: issuer.identifier } },
    ])
  })

  it('of an issuer that nobody knows is undetermined, and its status is not asked for', async () => {
    const entry = { ...revocationEntry(issuer), statusListCredential: stranger.statusListUri }
    const credential = await issueBadge(stranger, { now: now(), status: entry })
    const before = stranger.fetches.status
    const report = await verify(credential)
    expect(report.outcome).toBe('undetermined')
    expect(faults(report)[0]).toMatchObject({ code: 'issuer_key', reason: 'issuer_untrusted' })
    expect(stranger.fetches.status).toBe(before)
  })

  it('signed with the certificate of another issuer is invalid', async () => {
    const { privateKey, publicJwk } = generateSigningKey()
    const authority = await openDevelopmentAuthority(verifier.config.DATA_DIR)
    const x5c = await authority.issueLeaf({
      publicKey: publicJwk,
      commonName: 'Grannen',
      dns: 'localhost',
      uri: `${issuer.identifier}-granne`,
      notBefore: new Date('2025-01-01T00:00:00Z'),
      notAfter: new Date('2040-01-01T00:00:00Z'),
    })
    const report = await verify(await badge({ signer: createSoftwareSigner({ privateKey, x5c }) }))
    expect(faults(report)).toContainEqual(
      expect.objectContaining({ code: 'issuer_key', reason: 'issuer_mismatch' }),
    )
    expect(report.outcome).toBe('invalid')
  })

  it('may be awarded only by those who may award its type', async () => {
    const entry = {
      identifier: issuer.identifier,
      legalName: { sv: 'Exempel', en: 'Example' },
      since: '2020-01-01T00:00:00Z',
      mayAward: { vcts: ['OpenBadgeCredential'] },
    }
    await verifier.as('trust:write').put('/v1/trust/issuers/exempel', entry)
    expect((await verify(await badge())).outcome).toBe('valid')
    expect(faults(await verify(await elm()))).toMatchObject([
      { code: 'issuer_authorised', outcome: 'invalid', reason: 'vct_not_allowed' },
    ])
    await verifier
      .as('trust:write')
      .put('/v1/trust/issuers/exempel', { ...entry, mayAward: undefined })
  })
})

describe('the recipient of a badge (V-27)', () => {
  const check = async (credential: string, recipient: string) => {
    const body = { credential, recipient }
    const answer = await verifier.as('verifications:write').post('/v1/verifications', body)
    const { checks } = answer.json()
    const found = checks.find(({ code }: { code: string }) => code === 'recipient')
    return [found.outcome, found.evidence.reason]
  }

  it('is compared with the one who is expected', async () => {
    expect(await check(await badge(), 'Alva Exempelsson')).toEqual(['valid', 'recipient_named'])
    expect(await check(await badge(), 'Someone Else')).toEqual(['invalid', 'recipient_differs'])
    const notNamed = ['undetermined', 'recipient_not_named']
    expect(await check(await elm(), 'Alva Exempelsson')).toEqual(notNamed)
    expect(await check(await issuer.issue(), 'Alva Exempelsson')).toEqual(notNamed)
  })

  it('is left out when nobody is expected', async () => {
    expect(codesOf(await verify(await badge()))).not.toContain('recipient')
  })
})

describe('the key of a badge by its address (V-27)', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const sign = (
    keyUrl: string,
    signer = createVcSigner({ privateKey: rsa.privateKey, kid: 'x' }),
  ) =>
    signOpenBadgeJwt({
      credential: aBadge(stranger, { now: now(), members: { id: `urn:uuid:${randomUUID()}` } }),
      signer,
      keyUrl,
    })
  const publish = (at: TestIssuer, path = '/exempel/keys/1', jwk: object = rsaJwk) => {
    at.answerWith(path, { status: 200, type: 'application/json', body: JSON.stringify(jwk) })
    return new URL(path, at.identifier).href
  }
  const rsaJwk = rsa.publicKey.export({ format: 'jwk' })

  it('counts for a registered issuer, below its own identifier alone', async () => {
    const credential = await sign(publish(stranger))
    expect((await verify(credential)).outcome).toBe('undetermined')
    await verifier.as('trust:write').put('/v1/trust/issuers/stranger', {
      identifier: stranger.identifier,
      legalName: { sv: 'Annan', en: 'Other' },
      since: '2020-01-01T00:00:00Z',
    })
    expect(faults(await verify(credential))).toEqual([])
    const mismatch = { code: 'issuer_key', outcome: 'invalid', reason: 'issuer_mismatch' }
    const elsewhere = await verify(await sign(publish(issuer)))
    expect(faults(elsewhere)[0]).toMatchObject(mismatch)
    // Another organisation of the same host.
    const neighbour = await verify(await sign(publish(stranger, '/exempel-granne/keys/1')))
    expect(faults(neighbour)[0]).toMatchObject(mismatch)
  })

  it('counts when the certificates that lie with it lead to an anchor', async () => {
    const unlisted = await startTestIssuer({ certifiedIn: verifier.config.DATA_DIR, now })
    const { signer } = unlisted
    const verifyWith = async (jwk: object) =>
      verify(
        await signOpenBadgeJwt({
          credential: aBadge(unlisted, { now: now(), members: { id: `urn:uuid:${randomUUID()}` } }),
          signer,
          keyUrl: publish(unlisted, `/exempel/keys/${randomUUID()}`, jwk),
        }),
      )
    const certified = await verifyWith({ ...signer.publicJwk, x5c: signer.x5c })
    expect([certified.outcome, faults(certified)]).toEqual(['valid', []])
    const bare = await verifyWith(signer.publicJwk)
    expect(faults(bare)[0]).toMatchObject({ reason: 'issuer_untrusted' })
    const borrowed = await verifyWith({ ...rsaJwk, x5c: signer.x5c })
    expect(faults(borrowed)[0]).toMatchObject({ outcome: 'invalid', reason: 'issuer_mismatch' })
    await unlisted.close()
  })
})

describe('the status of a VC-JWT', () => {
  it('is read from the list, as it is now', async () => {
    const credential = await badge({ status: revocationEntry(issuer) })
    expect((await verify(credential)).outcome).toBe('valid')
    await publishList(issuer, now(), { revoked: [7] })
    expect(faults(await verify(credential))).toMatchObject([
      { code: 'status', outcome: 'invalid', reason: 'revoked' },
    ])
  })

  it.for<[string, () => object]>([
    ['another issuer', () => ({ issuer: stranger.identifier, signer: stranger.signer })],
    ['another purpose', () => ({ statusPurpose: 'suspension' })],
    ['yesterday', () => ({ validUntil: new Date(now().getTime() - 1_000) })],
  ])('is undetermined with a list of %s', async ([, changes]) => {
    await publishList(issuer, now(), { revoked: [7], changes: changes() })
    const report = await verify(await badge({ status: revocationEntry(issuer) }))
    expect(faults(report)).toMatchObject([
      { code: 'status', outcome: 'undetermined', reason: 'status_list_unusable' },
    ])
  })

  it('is invalid outside of the list', async () => {
    const report = await verify(await badge({ status: revocationEntry(issuer, 1_000_000) }))
    expect(faults(report)).toMatchObject([{ reason: 'status_index_out_of_range' }])
  })
})

describe('a credential that was replaced', () => {
  const [old, renewed] = [randomUUID(), randomUUID()]
  const path = `/exempel/replacements/${old}`

  // What was read of the issuer’s metadata before is kept for a while.
  beforeAll(() => verifier.clock.advance(3_600))

  const publish = async (changes: object = {}) => {
    const { signer, identifier } = issuer
    const jwks = { keys: [{ ...signer.publicJwk, kid: signer.kid, use: 'sig', alg: 'ES256' }] }
    const metadata = {
      issuer: identifier,
      jwks,
      replacement_endpoint: `${identifier}/replacements`,
    }
    issuer.answerWith('/.well-known/jwt-vc-issuer/exempel', {
      status: 200,
      type: 'application/json',
      body: JSON.stringify(metadata),
    })
    const body = await signReplacement({
      issuer: identifier,
      credentialId: old,
      replacedAt: now(),
      reason: 'result_changed',
      replacedBy: { awardId: renewed, credentialIds: [renewed] },
      issuedAt: now(),
      expiresAt: new Date(now().getTime() + 60_000),
      signer,
      ...changes,
    })
    issuer.answerWith(path, { status: 200, type: 'application/replacement+jwt', body })
    await publishList(issuer, now(), { revoked: [7] })
  }
  const verifyOld = async () =>
    verify(await elm({ status: revocationEntry(issuer), members: { id: `urn:uuid:${old}` } }))

  it('says by what, with its issuer’s signed word for it', async () => {
    await publish()
    const report = await verifyOld()
    expect(report.outcome).toBe('invalid')
    expect(
      report.checks.find(({ code }: { code: string }) => code === 'status.replaced'),
    ).toMatchObject({
      outcome: 'invalid',
      evidence: {
        reason: 'replaced',
        replacementReason: 'result_changed',
        replacedBy: { credentials: [`urn:uuid:${renewed}`] },
      },
    })
  })

  it('is simply revoked when the statement is not its issuer’s, or cannot be had', async () => {
    const { privateKey } = generateSigningKey()
    await publish({ signer: createSoftwareSigner({ privateKey }) })
    const forged = await verifyOld()
    expect(codesOf(forged)).not.toContain('status.replaced')
    expect(faults(forged)).toMatchObject([{ code: 'status', reason: 'revoked' }])
    issuer.answerWith(path, { status: 503 })
    const unreachable = await verifyOld()
    expect(codesOf(unreachable)).not.toContain('status.replaced')
    const status = unreachable.checks.find(({ code }: { code: string }) => code === 'status')
    expect(status.evidence).toMatchObject({ reason: 'revoked', replacement: 'unreachable' })
    issuer.answerWith(path, { status: 404 })
    expect(faults(await verifyOld())).toMatchObject([{ code: 'status', reason: 'revoked' }])
  })
})

describe('the address where an issuer says what it replaced', () => {
  it('is on its own host, or is not asked', async () => {
    verifier.clock.advance(3_600)
    const elsewhere = `${stranger.identifier}/replacements`
    const id = randomUUID()
    const metadata = {
      issuer: issuer.identifier,
      jwks: { keys: [] },
      replacement_endpoint: elsewhere,
    }
    issuer.answerWith('/.well-known/jwt-vc-issuer/exempel', {
      status: 200,
      type: 'application/json',
      body: JSON.stringify(metadata),
    })
    const body = await signReplacement({
      issuer: issuer.identifier,
      credentialId: id,
      replacedAt: now(),
      reason: 'result_changed',
      replacedBy: { awardId: randomUUID(), credentialIds: [] },
      issuedAt: now(),
      expiresAt: new Date(now().getTime() + 60_000),
      signer: issuer.signer,
    })
    stranger.answerWith(`/exempel/replacements/${id}`, {
      status: 200,
      type: 'application/replacement+jwt',
      body,
    })
    await publishList(issuer, now(), { revoked: [7] })
    const report = await verify(
      await elm({ status: revocationEntry(issuer), members: { id: `urn:uuid:${id}` } }),
    )
    expect(codesOf(report)).not.toContain('status.replaced')
    expect(faults(report)).toMatchObject([{ code: 'status', reason: 'revoked' }])
  })
})

describe('a presentation that was handed in', () => {
  it('is taken apart, and each credential checked by itself', async () => {
    const holder = aHolder()
    const credentials = await Promise.all([badge({ holder }), elm({ holder: aHolder() })])
    const report = await verify(
      await signVpJwt({
        credentials: credentials.map((data) => ({ mediaType: 'application/vc+jwt', data })),
        signer: holder.signer,
        request: { audience: 'x509_hash:somebody', nonce: 'n' },
        issuedAt: now(),
      }),
    )
    expect(report.microCredentials).toHaveLength(2)
    expect(faults(report)).toMatchObject([
      { code: 'key_binding', outcome: 'undetermined', reason: 'key_binding_not_checked' },
      { code: 'key_binding', outcome: 'undetermined', reason: 'key_binding_not_checked' },
    ])
    const numbers = report.checks.map(
      ({ evidence }: { evidence: { credential: number } }) => evidence.credential,
    )
    expect([...new Set(numbers)]).toEqual([0, 1])
  })
})
