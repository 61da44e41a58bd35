import { achievementExample, type MicroCredential } from '@mikromerit/credentials'
import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { type ScriptedServer, startScriptedServer } from './scripted-verifier.ts'
import { anAchievement, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

let verifier: ScriptedServer
let issuer: TestIssuer
let part: string
let whole: string
beforeAll(async () => {
  verifier = await startScriptedServer()
  issuer = await startIssuer({
    organisations: ['ri-se', 'stranger'],
    config: { VERIFIER_URL: verifier.url },
  })
  part = (await issuer.given(anAchievement())).id
  const stackingRules = { rule: { achievement: urlOf(part) } }
  whole = (await issuer.given(anAchievement({ stackingRules }))).id
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const urlOf = (id: string) => `${issuerUrl}/ri-se/achievements/${id}`
const staff = () => issuer.as('ri-se', 'awards:write')
const path = (id = whole) => `/achievements/${id}/composite-requests`
const ask = (body: object = {}, headers = {}) => staff().post(path(), body, headers)
const read = (id: string) => staff().get(`${path()}/${id}`)

const expiresAt = () => new Date(issuer.clock.now().getTime() + 900_000).toISOString()
const created = () => ({
  status: 201,
  body: { id: newId(), authorizationRequest: 'openid4vp://?request_uri=x', expiresAt: expiresAt() },
})

const digest = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const shownPart = (changes: Partial<MicroCredential> = {}): MicroCredential => ({
  type: 'urn:eu.europa.ec.eudi:learning:credential:1',
  title: achievementExample.title.sv ?? '',
  issuer: { name: 'Exempelinstitutet', identifier: `${issuerUrl}/ri-se` },
  awardedOn: '2026-06-05',
  achievementId: urlOf(part),
  awardId: `urn:uuid:${newId()}`,
  credentialDigest: digest,
  learner: { givenName: 'Alva', familyName: 'Exempelsson' },
  ...changes,
})
const answered = (
  microCredentials: unknown[],
  outcome = 'valid',
  evidence: object = {},
  state = 'answered',
) => ({
  status: 200,
  body: {
    state,
    report: {
      checks: [
        {
          code: 'content',
          outcome: 'valid',
          evidence: { query: 'part-0', credential_digest: digest },
        },
        { code: 'status', outcome, evidence: { query: 'part-0', ...evidence } },
      ],
      microCredentials,
    },
  },
})

async function givenRequest(): Promise<string> {
  verifier.reply = created
  const response = await ask()
  expect(response.statusCode).toBe(201)
  return response.json().id
}

const awards = () => issuer.count('awards')

describe('asking for the parts of a whole', () => {
  it('asks the verifier in the name of the organisation, for the part in each format', async () => {
    await givenRequest()
    const sent = verifier.received.at(-1)
    expect([sent?.method, sent?.path]).toEqual(['POST', '/v1/presentation-requests'])
    const [, claims = ''] = (sent?.headers.authorization ?? '').split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      organisation: 'ri-se',
      scope: 'presentation-requests:write presentation-requests:read',
    })
    const { dcql } = JSON.parse(sent?.body ?? '')
    expect(dcql.credential_sets).toEqual([
      {
        options: [['part-0'], ['part-0-elm'], ['part-0-badge'], ['part-0-micro'], ['part-0-skill']],
        required: true,
      },
    ])
    for (const { claims } of dcql.credentials) expect(claims[0].values).toEqual([urlOf(part)])
  })

  it.each([
    ['closes the connection', () => undefined],
    ['refuses', () => ({ status: 401, body: {} })],
    ['fails', () => ({ status: 500, body: 'out of order' })],
    ['answers something else', () => ({ status: 201, body: [] })],
    [
      'names no request of its own',
      () => ({ status: 201, body: { ...created().body, id: 'x/../y' } }),
    ],
  ])('says that the verifier cannot be asked when it %s, and writes nothing', async (_, reply) => {
    verifier.reply = reply
    expectProblem(await unchanged(issuer, () => ask()), 503, 'verifier-unavailable')
  })

  it('refuses what is not a whole, is not there or is another organisation’s', async () => {
    verifier.reply = created
    const asked = verifier.received.length
    const simple = () => staff().post(path(part), {})
    expectProblem(await unchanged(issuer, simple), 409, 'achievement-not-composite')
    const absent = () => staff().post(path(newId()), {})
    expectProblem(await unchanged(issuer, absent), 404, 'achievement-not-found')
    const foreign = () => issuer.as('stranger', 'awards:write').post(path(), {})
    expectProblem(await unchanged(issuer, foreign), 403, 'not-delegated')
    expect(verifier.received).toHaveLength(asked)
  })

  it('asks nobody for a whole that could not be offered as is wished', async () => {
    verifier.reply = created
    const asked = verifier.received.length
    const formats = ['webuild_verified_skill']
    const refused = await unchanged(issuer, () => ask({ offer: { formats } }))
    expectProblem(refused, 409, 'format-not-switched-on')
    const settings = { furtherFormats: { webuild_verified_skill: '0.2' } }
    await issuer.as('ri-se', 'organisations:write').put('/settings', settings)
    const formal = await unchanged(issuer, () => ask({ offer: { formats } }))
    expectProblem(formal, 409, 'award-formal')
    await issuer.as('ri-se', 'organisations:write').put('/settings', {})
    expect(verifier.received).toHaveLength(asked)
  })

  it('makes one request for one idempotency key, and refuses the key for another question', async () => {
    verifier.reply = created
    const key = { 'idempotency-key': newId() }
    const first = await ask({}, key)
    const again = await unchanged(issuer, () => ask({}, key))
    expect([again.statusCode, again.json()]).toEqual([201, first.json()])
    const keys = verifier.received.slice(-2).map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toBe(keys[1])
    const other = () => ask({ expiresIn: 60 }, key)
    expectProblem(await unchanged(issuer, other), 422, 'idempotency-key-reused')
    expect(verifier.received.at(-1)?.headers['idempotency-key']).not.toBe(keys[0])
  })

  it.each([{ expiresIn: 59 }, { expiresIn: 86_401 }, { purpose: { sv: '', en: 'x' } }, { x: 1 }])(
    'refuses %j',
    async (body) =>
      expectProblem(await unchanged(issuer, () => ask(body)), 400, 'validation-failed'),
  )
})

describe('what came of a request', () => {
  it('is an award with its offer, once, however often and by how many it is read', async () => {
    const id = await givenRequest()
    verifier.reply = () => answered([shownPart()])
    const before = await awards()
    const replica = await issuer.another()
    const path = `/achievements/${whole}/composite-requests/${id}`
    const reads = await Promise.all([
      read(id),
      replica.as('ri-se', 'awards:write').get(path),
      read(id),
    ])
    const [first] = reads.map((response) => response.json())
    expect(first).toMatchObject({ state: 'fulfilled', result: { outcome: 'fulfilled' } })
    for (const response of reads) expect(response.json()).toEqual(first)
    expect(await awards()).toBe(before + 1)
    const award = await issuer.as('ri-se', 'awards:read').get(`/awards/${first.awardId}`)
    expect(award.json()).toMatchObject({
      sourceReference: `composite:${id}`,
      learner: { givenName: 'Alva', familyName: 'Exempelsson' },
      components: [{ credentialDigest: digest, achievementId: urlOf(part) }],
    })
  })

  it.each([
    ['revoked', 'invalid', { reason: 'revoked' }, 'STACK_REVOKED'],
    ['suspended', 'invalid', { reason: 'suspended' }, 'STACK_SUSPENDED'],
    ['invalid', 'invalid', { reason: 'other' }, 'STACK_INVALID'],
    ['not decided', 'undetermined', {}, 'STACK_UNDETERMINED'],
  ])('is nothing when the part is %s', async (_, outcome, evidence, code) => {
    const id = await givenRequest()
    verifier.reply = () => answered([shownPart()], outcome, evidence)
    const before = await awards()
    const settled = (await read(id)).json()
    expect(settled.state).toBe('missing')
    expect(settled.result.missing.map((reason: { code: string }) => reason.code)).toContain(code)
    expect([await awards(), settled.offer]).toEqual([before, undefined])
  })

  it('is nothing when another issuer writes the name of the definition into its own credential', async () => {
    const id = await givenRequest()
    const forger = { name: 'Exempelinstitutet', identifier: 'https://forger.example/ri-se' }
    verifier.reply = () => answered([shownPart({ issuer: forger })])
    const before = await awards()
    const settled = (await read(id)).json()
    expect([settled.state, settled.result.missing[0].code]).toEqual([
      'missing',
      'STACK_DEFINITION_FOREIGN',
    ])
    expect(await awards()).toBe(before)
  })

  it.each([
    ['no name', undefined, 'learner-unknown'],
    [
      'a family name, with the given name kept back',
      { familyName: 'Exempelsson' },
      'learner-unknown',
    ],
  ])('is refused when the part shows %s', async (_, learner, reason) => {
    const id = await givenRequest()
    const { learner: _known, ...nameless } = shownPart()
    verifier.reply = () => answered([learner ? { ...nameless, learner } : nameless])
    const before = await awards()
    expect((await read(id)).json()).toMatchObject({ state: 'refused', reason })
    expect(await awards()).toBe(before)
  })

  it.each(['VerifiableMicroCredential', 'VerifiableVerifiedSkill'])(
    'is refused when a %s keeps the given name back',
    async (type) => {
      const id = await givenRequest()
      const learner = { familyName: 'Exempelsson' }
      verifier.reply = () => answered([shownPart({ type, learner })])
      const settled = (await read(id)).json()
      expect(settled).toMatchObject({ state: 'refused', reason: 'learner-unknown' })
    },
  )

  it('is refused when its format was switched off in between', async () => {
    const switchOn = (settings: object) =>
      issuer.as('ri-se', 'organisations:write').put('/settings', settings)
    await switchOn({ furtherFormats: { webuild_micro_credential: '0.2' } })
    verifier.reply = created
    const { id } = (await ask({ offer: { formats: ['webuild_micro_credential'] } })).json()
    await switchOn({})
    verifier.reply = () => answered([shownPart()])
    const before = await awards()
    expect((await read(id)).json()).toMatchObject({
      state: 'refused',
      reason: 'format-not-switched-on',
    })
    expect(await awards()).toBe(before)
  })

  it('is refused when the answer can never be read', async () => {
    const id = await givenRequest()
    verifier.reply = () => answered([{ title: 'not a micro-credential' }])
    expect((await read(id)).json()).toMatchObject({ state: 'refused', reason: 'answer-unreadable' })
  })

  it.each(['declined', 'expired'])('is %s when the verifier says so', async (state) => {
    const id = await givenRequest()
    verifier.reply = () => ({ status: 200, body: { state } })
    const before = await awards()
    expect((await read(id)).json()).toMatchObject({ state })
    expect(await awards()).toBe(before)
  })

  it('stays open while the verifier cannot be asked', async () => {
    const id = await givenRequest()
    verifier.reply = () => ({ status: 503, body: {} })
    const response = await unchanged(issuer, () => read(id))
    expect(response.json().state).toBe('pending')
  })

  it('is expired when its time is over and the verifier has forgotten it, not before', async () => {
    const id = await givenRequest()
    verifier.reply = () => ({ status: 404, body: {} })
    expect((await unchanged(issuer, () => read(id))).json().state).toBe('pending')
    issuer.clock.advance(901)
    expect((await read(id)).json().state).toBe('expired')
  })

  it('is hidden from other organisations, and from a token that may only read', async () => {
    const id = await givenRequest()
    verifier.reply = () => answered([shownPart()])
    const elsewhere = () => issuer.as('stranger', 'awards:write').get(`${path()}/${id}`)
    expectProblem(await unchanged(issuer, elsewhere), 404, 'composite-request-not-found')
    const reader = () => issuer.as('ri-se', 'awards:read').get(`${path()}/${id}`)
    expect((await unchanged(issuer, reader)).statusCode).toBe(403)
    const seen = await issuer.inOrganisation('stranger', (query) =>
      query('select id from composite_requests'),
    )
    expect(seen).toEqual([])
  })
})
