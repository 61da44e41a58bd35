import { authorityKeyIdentifiers, signJws, signVpJwt } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, openRequest, readRequest } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { aHolder, type HolderKey, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import type { RequestObject } from './test-wallet.ts'
import { aBadge, issueBadge, issueElm } from './vc-credentials.ts'

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

const edcType = 'http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential'
const badgeType = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential'
const query = (format: string, type = badgeType, more: object = {}) => ({
  id: 'one',
  format,
  meta: { type_values: [[type]] },
  ...more,
})

const presentVc = (
  request: RequestObject,
  holder: HolderKey,
  credentials: readonly string[],
  changes: object = {},
) =>
  signVpJwt({
    credentials: credentials.map((data) => ({ mediaType: 'application/vc+jwt', data })),
    signer: holder.signer,
    request: { audience: request.client_id, nonce: request.nonce },
    issuedAt: now(),
    ...changes,
  })

interface Answered {
  readonly dcql?: object
  readonly holder?: HolderKey
  readonly credential?: string
  readonly present?: (request: RequestObject, holder: HolderKey, one: string) => Promise<string>
}

/** The whole way: a request, an answer to its query `one`, the report. */
async function answer({ dcql, credential, present, holder = aHolder() }: Answered) {
  const { id, request } = await openRequest(verifier, {
    dcql: dcql ?? { credentials: [query('jwt_vc_json')] },
  })
  const held = credential ?? (await issueBadge(issuer, { now: now(), holder }))
  const token = present
    ? await present(request, holder, held)
    : await presentVc(request, holder, [held])
  const answered = await verifier.wallet.answer(request, { one: [token] })
  const report = (await readRequest(verifier, id)).json().report
  return { status: answered.statusCode, report }
}

describe('a VC-JWT that is presented', () => {
  it.for(['jwt_vc_json', 'vc+jwt'])('answers a query for %s', async (format) => {
    for (const [type, issue] of [
      [badgeType, issueBadge],
      [edcType, issueElm],
    ] as const) {
      const holder = aHolder()
      const credential = await issue(issuer, { now: now(), holder })
      const dcql = { credentials: [query(format, type)] }
      const { report } = await answer({ dcql, holder, credential })
      expect([report.outcome, faults(report)]).toEqual(['valid', []])
      expect(report.microCredentials).toMatchObject([{ title: 'Datadriven affärsutveckling' }])
      const codes = report.checks.map(({ code }: { code: string }) => code)
      expect(codes).toEqual(expect.arrayContaining(['key_binding', 'query', 'issuer_authorised']))
    }
  })

  it('answers the standard question, without any of the other formats', async () => {
    const holder = aHolder()
    const { id, request } = await openRequest(verifier)
    const credential = await issueElm(issuer, { now: now(), holder })
    const token = await presentVc(request, holder, [credential])
    const answered = await verifier.wallet.answer(request, { european_digital_credential: [token] })
    expect(answered.statusCode).toBe(200)
    expect((await readRequest(verifier, id)).json().report.outcome).toBe('valid')
  })

  it('is listed among the formats that can be read', async () => {
    const { request } = await openRequest(verifier)
    expect(request.client_metadata.vp_formats_supported).toMatchObject({
      'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'] },
      jwt_vc_json: { alg_values: expect.arrayContaining(['ES256', 'RS256']) },
      'vc+jwt': { alg_values: expect.arrayContaining(['ES256']) },
    })
  })

  it.for<[string, NonNullable<Answered['present']>, string]>([
    [
      'another holder',
      (request, _holder, one) => presentVc(request, aHolder(), [one]),
      'signature_invalid',
    ],
    [
      'somebody for another verifier',
      (request, holder, one) =>
        presentVc(request, holder, [one], {
          request: { audience: 'x509_hash:other', nonce: request.nonce },
        }),
      'audience_mismatch',
    ],
    [
      'somebody long ago',
      (request, holder, one) =>
        presentVc(request, holder, [one], { issuedAt: new Date(now().getTime() - 301_000) }),
      'key_binding_time',
    ],
    ['nobody', async (_request, _holder, one) => one, 'key_binding_missing'],
  ])('shows nothing when it is presented by %s (V-15)', async ([, present, cause]) => {
    const { report } = await answer({ present })
    expect(report).toMatchObject({ outcome: 'invalid', microCredentials: [] })
    const binding = report.checks.find(({ code }: { code: string }) => code === 'key_binding')
    expect(binding.evidence).toMatchObject({ reason: 'key_binding_invalid', cause })
  })

  it('refuses the whole answer when it was made for another nonce, and the request stays open', async () => {
    const { id, request } = await openRequest(verifier, {
      dcql: { credentials: [query('jwt_vc_json')] },
    })
    const holder = aHolder()
    const credential = await issueBadge(issuer, { now: now(), holder })
    const other = { audience: request.client_id, nonce: 'other' }
    const token = await presentVc(request, holder, [credential], { request: other })
    const answered = await verifier.wallet.answer(request, { one: [token] })
    expect([answered.statusCode, answered.json().error]).toEqual([400, 'invalid_request'])
    expect((await readRequest(verifier, id)).json().state).toBe('fetched')
  })

  it('must be of a type, and hold a claim, that was asked for', async () => {
    const wrongType = await answer({ dcql: { credentials: [query('jwt_vc_json', edcType)] } })
    expect(faults(wrongType.report)).toContainEqual(
      expect.objectContaining({ code: 'type', outcome: 'invalid' }),
    )
    const claims = [{ path: ['credentialSubject', 'achievement', 'name'], values: ['Annat'] }]
    const wrongClaim = await answer({
      dcql: { credentials: [query('jwt_vc_json', badgeType, { claims })] },
    })
    expect(faults(wrongClaim.report)).toContainEqual(
      expect.objectContaining({ code: 'query', reason: 'claims_missing' }),
    )
  })

  it('is verified by the format asked for and no other (V-32)', async () => {
    const holder = aHolder()
    const dcql = { credentials: [query('jwt_vc_json')] }
    const present = async (request: RequestObject) =>
      verifier.wallet.present(request, await issuer.issue({ holder }), holder)
    const { report } = await answer({ dcql, holder, present })
    expect(report).toMatchObject({ outcome: 'invalid', microCredentials: [] })
    const sdJwt = { id: 'one', format: 'dc+sd-jwt', meta: { vct_values: [badgeType] } }
    const other = await answer({ dcql: { credentials: [sdJwt] } })
    expect(other.report).toMatchObject({ outcome: 'invalid', microCredentials: [] })
  })

  it('of the older data model answers jwt_vc_json alone', async () => {
    const holder = aHolder()
    const { id, ...badge } = aBadge(issuer, { now: now() }) as { id: string; issuer: object }
    const seconds = Math.floor(now().getTime() / 1_000)
    const { kty, crv, x, y } = holder.signer.publicJwk
    const credential = await signJws({
      header: { typ: 'JWT' },
      payload: {
        iss: issuer.identifier,
        jti: id,
        sub: (badge as { credentialSubject?: { id?: string } }).credentialSubject?.id,
        nbf: seconds,
        cnf: { jwk: { kty, crv, x, y } },
        vc: {
          ...badge,
          '@context': [
            'https://www.w3.org/2018/credentials/v1',
            'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
          ],
        },
      },
      signer: issuer.signer,
      includeX5c: true,
    })
    for (const [format, outcome] of [
      ['jwt_vc_json', 'valid'],
      ['vc+jwt', 'invalid'],
    ] as const) {
      const { report } = await answer({
        dcql: { credentials: [query(format)] },
        holder,
        credential,
      })
      expect([format, report.outcome, faults(report)]).toMatchObject([
        format,
        outcome,
        outcome === 'valid' ? [] : [{ code: 'format' }],
      ])
    }
  })

  it('must be certified by an authority that was asked for', async () => {
    const asked = (value: string) => ({
      dcql: {
        credentials: [
          query('jwt_vc_json', badgeType, {
            trusted_authorities: [{ type: 'aki', values: [value] }],
          }),
        ],
      },
    })
    const [known = ''] = authorityKeyIdentifiers(issuer.signer.x5c ?? [])
    expect((await answer(asked(known))).report.outcome).toBe('valid')
    expect(faults((await answer(asked('AAAA'))).report)).toMatchObject([
      { code: 'query', outcome: 'invalid', reason: 'authority_not_accepted' },
    ])
  })

  it('is no credential of another media type (V-26)', async () => {
    const present = async (request: RequestObject, by: HolderKey, one: string) =>
      presentVc(request, by, [], {
        credentials: [{ mediaType: 'application/vc+sd-jwt', data: `${one}~` }],
      })
    const { report } = await answer({ present })
    expect(report).toMatchObject({ outcome: 'invalid', microCredentials: [] })
  })

  it('comes alone, unless several were asked for', async () => {
    const holder = aHolder()
    const present = async (request: RequestObject, by: HolderKey, one: string) =>
      presentVc(request, by, [one, await issueBadge(issuer, { now: now(), holder: by })])
    expect((await answer({ holder, present })).report.outcome).toBe('invalid')
    const dcql = { credentials: [query('jwt_vc_json', badgeType, { multiple: true })] }
    const { report } = await answer({ dcql, holder, present })
    expect([report.outcome, report.microCredentials.length]).toEqual(['valid', 2])
  })

  it('of another holder is found among those of the one who presents', async () => {
    const holder = aHolder()
    const dcql = { credentials: [query('jwt_vc_json', badgeType, { multiple: true })] }
    const present = async (request: RequestObject, by: HolderKey, one: string) =>
      presentVc(request, by, [one, await issueBadge(issuer, { now: now(), holder: aHolder() })])
    const { report } = await answer({ dcql, holder, present })
    expect([report.outcome, report.microCredentials.length]).toEqual(['invalid', 1])
  })

  it('is asked for twenty times in one request, as a composite does', async () => {
    const holder = aHolder()
    const ids = Array.from({ length: 20 }, (_, at) => `part_${at}`)
    const dcql = { credentials: ids.map((id) => ({ ...query('jwt_vc_json', edcType), id })) }
    const { id, request } = await openRequest(verifier, { dcql })
    const token: Record<string, string[]> = {}
    for (const part of ids) {
      const credential = await issueElm(issuer, { now: now(), holder })
      token[part] = [await presentVc(request, holder, [credential])]
    }
    const answered = await verifier.wallet.answer(request, token)
    expect([answered.statusCode, answered.body]).toEqual([200, '{}'])
    const { report } = (await readRequest(verifier, id)).json()
    expect([report.outcome, report.microCredentials.length]).toEqual(['valid', 20])
  })
})

describe('a policy', () => {
  const put = (requirements: object[]) =>
    verifier.as('policies:write').put('/v1/policies/any', {
      name: { sv: 'Vad som helst', en: 'Anything' },
      requirements,
    })

  it('accepts a micro-credential in any of its formats', async () => {
    await put([{ formats: ['sd_jwt_vc', 'elm', 'open_badge'], claims: ['learning_outcomes'] }])
    const holder = aHolder()
    const { id, request } = await openRequest(verifier, { policyId: 'any' })
    const ids = request.dcql_query.credentials.map((credential) => credential.id)
    expect(ids).toEqual(['requirement_1', 'requirement_1_elm', 'requirement_1_open_badge'])
    const credential = await issueBadge(issuer, { now: now(), holder })
    const token = await presentVc(request, holder, [credential])
    await verifier.wallet.answer(request, { requirement_1_open_badge: [token] })
    expect((await readRequest(verifier, id)).json().report.outcome).toBe('valid')
  })

  it('asks the WE BUILD types for their own claims, each once', async () => {
    const formats = ['webuild_micro_credential', 'webuild_verified_skill']
    const claims = ['learning_outcomes', 'notional_workload', 'expected_study_time']
    await put([{ formats, claims }])
    const { request } = await openRequest(verifier, { policyId: 'any' })
    const asked = (id: string, vct: string, ...names: string[]) => ({
      ...{ id, format: 'dc+sd-jwt', meta: { vct_values: [vct] } },
      claims: names.map((name) => ({ path: [name] })),
    })
    expect(request.dcql_query.credentials).toEqual([
      asked('requirement_1', 'VerifiableMicroCredential', 'learningOutcomes', 'notionalWorkload'),
      asked(
        `requirement_1_${formats[1]}`,
        'VerifiableVerifiedSkill',
        'skillOutcome',
        'studyLoadHours',
      ),
    ])
  })

  it.for<[string, object[]]>([
    ['neither type nor formats', [{}]],
    ['both', [{ vct: 'x', formats: ['elm'] }]],
    [
      'more than can be asked for',
      Array.from({ length: 12 }, () => ({ formats: ['sd_jwt_vc', 'elm', 'open_badge'] })),
    ],
  ])('is refused with %s', async ([, requirements]) => {
    const before = await verifier.rows('policies')
    const stored = await put(requirements)
    expect([stored.statusCode, stored.json().type]).toEqual([
      400,
      'http://localhost:3003/problems/policy-invalid',
    ])
    expect(await verifier.rows('policies')).toEqual(before)
  })

  it.for<[string, object]>([
    ['a VC-JWT without its types', { format: 'jwt_vc_json', meta: {} }],
    [
      'an SD-JWT VC by the types of another format',
      { format: 'dc+sd-jwt', meta: { type_values: [['x']] } },
    ],
  ])('cannot ask for %s', async ([, credential]) => {
    const dcql = { credentials: [{ id: 'one', ...credential }] }
    const created = await verifier
      .as('presentation-requests:write')
      .post('/v1/presentation-requests', { purpose: { sv: 'x', en: 'x' }, dcql })
    expect([created.statusCode, created.json().type]).toEqual([
      400,
      'http://localhost:3003/problems/dcql-invalid',
    ])
  })
})
