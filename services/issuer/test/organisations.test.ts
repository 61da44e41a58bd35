import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { anOrganisation, aToken, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: [] })
})
afterAll(() => issuer.close())

const create = async (body: unknown, headers?: Record<string, string>) =>
  issuer.send('POST', '/v1/organisations', {
    token: await aToken('organisations:write'),
    body,
    headers,
  })
const refuse = (body: unknown) => unchanged(issuer, () => create(body))

describe('POST /v1/organisations', () => {
  it('creates an organisation with its key, and says where it lies and issues', async () => {
    const response = await create(anOrganisation({ id: 'ri-se' }))
    expect(response.statusCode).toBe(201)
    expect(response.headers.location).toBe(`${issuerUrl}/v1/organisations/ri-se`)
    expect(response.json()).toMatchObject({
      ...anOrganisation({ id: 'ri-se' }),
      credentialIssuer: `${issuerUrl}/ri-se`,
    })
    expect(await issuer.rows('signing_keys')).toMatchObject([{ organisation_id: 'ri-se' }])
  })

  it('keeps the private key sealed', async () => {
    const [key] = await issuer.rows('signing_keys')
    expect(Object.keys(key?.public_jwk as object).sort()).toEqual(['crv', 'kty', 'x', 'y'])
    const stored = Buffer.from(String(key?.private_key).slice(2), 'hex').toString('latin1')
    expect(stored).not.toContain('"d"')
  })

  it('creates one only once', async () => {
    expectProblem(await refuse(anOrganisation({ id: 'ri-se' })), 409, 'organisation-exists')
  })

  it('creates one of two that race', async () => {
    const twice = [1, 2].map(() => create(anOrganisation({ id: 'raced' })))
    const statuses = (await Promise.all(twice)).map(({ statusCode }) => statusCode)
    expect(statuses.sort()).toEqual([201, 409])
    const keys = await issuer.rows('signing_keys')
    expect(keys.filter((key) => key.organisation_id === 'raced')).toHaveLength(1)
  })

  it('answers a repeated idempotency key as before, and refuses it for something else', async () => {
    const headers = { 'idempotency-key': 'organisation-0001' }
    const first = await create(anOrganisation({ id: 'repeated' }), headers)
    const second = await unchanged(issuer, () =>
      create(anOrganisation({ id: 'repeated' }), headers),
    )
    expect([second.statusCode, second.json()]).toEqual([201, first.json()])
    const other = anOrganisation({ id: 'repeated', country: 'NO' })
    const third = await unchanged(issuer, () => create(other, headers))
    expectProblem(third, 422, 'idempotency-key-reused')
  })

  it.each(['v1', 'docs', 'well-known', 'problems', 'type-metadata'])(
    'refuses the id %s, which the service uses itself',
    async (id) => {
      expectProblem(await refuse(anOrganisation({ id })), 400, 'organisation-id-reserved')
    },
  )

  it.each(['', 'Upper', '-dash', 'dash-', 'under_score', '../up', 'a'.repeat(64), 'å'])(
    'refuses the id %j, which is not one',
    async (id) => {
      expectProblem(await refuse(anOrganisation({ id })), 400, 'validation-failed', '/id')
    },
  )

  it('refuses what breaks a data rule, all of it at once', async () => {
    const identifiers = [{ scheme: 'organisationsnummer', value: '640823-3234' }]
    const draft = anOrganisation({ id: 'wrong', country: 'XX', identifiers })
    const response = await refuse(draft)
    expectProblem(response, 400, 'organisation-invalid', '/country', '/identifiers/0/value')
    expect(response.body).not.toContain('640823')
  })

  it.each([
    ['an unknown member', { ...anOrganisation({ id: 'odd' }), extra: 1 }, '/extra'],
    ['a wrong type', { ...anOrganisation({ id: 'odd' }), country: 46 }, '/country'],
    ['a missing member', { id: 'odd', country: 'SE' }, '/legalName'],
    ['a name in no language', anOrganisation({ id: 'odd', legalName: {} }), '/legalName'],
  ])('refuses %s', async (_, body, pointer) => {
    expectProblem(await refuse(body), 400, 'validation-failed', pointer)
  })

  it('refuses what is no JSON, has another media type, or is too large', async () => {
    expectProblem(await refuse('{"id": "broken"'), 400, 'malformed-json')
    expectProblem(await refuse(''), 400, 'malformed-json')
    const token = await aToken('organisations:write')
    const send = (body: string, type: string) =>
      unchanged(issuer, () =>
        issuer.send('POST', '/v1/organisations', {
          token,
          body,
          headers: { 'content-type': type },
        }),
      )
    expectProblem(await send('<odd/>', 'application/xml'), 415, 'unsupported-media-type')
    const large = JSON.stringify({ ...anOrganisation({ id: 'large' }), logo: 'x'.repeat(600_000) })
    expectProblem(await send(large, 'application/json'), 413, 'payload-too-large')
  })
})

describe('GET /v1/organisations', () => {
  it('lists them page by page', async () => {
    const token = await aToken('organisations:read')
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const query = cursor ? `?limit=2&cursor=${cursor}` : '?limit=2'
      const page = await issuer.send('GET', `/v1/organisations${query}`, { token })
      ids.push(...page.json().items.map(({ id }: { id: string }) => id))
      cursor = page.json().nextCursor
    } while (cursor)
    expect(ids).toEqual(['raced', 'repeated', 'ri-se'])
  })

  it('refuses a cursor that it did not give', async () => {
    const token = await aToken('organisations:read')
    const response = await issuer.send('GET', '/v1/organisations?cursor=JCQk', { token })
    expectProblem(response, 400, 'validation-failed', '/cursor')
  })

  it('shows one to those who act for it', async () => {
    const response = await issuer.as('ri-se', 'organisations:read').get('')
    expect(response.json()).toMatchObject({ id: 'ri-se', country: 'SE' })
    expectProblem(
      await issuer.as('nobody', 'organisations:read').get(''),
      404,
      'organisation-not-found',
    )
  })
})
