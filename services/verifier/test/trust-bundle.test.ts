import { type BundleContent, parseJws, verifyTrustBundle } from '@mikromerit/credentials'
import { loadTrustAnchors } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startVerifier, type TestVerifier } from './support.ts'
import { startTestIssuer, type TestIssuer } from './test-issuer.ts'

let verifier: TestVerifier
let issuer: TestIssuer
let neighbour: TestIssuer

beforeAll(async () => {
  verifier = await startVerifier()
  const options = { certifiedIn: verifier.config.DATA_DIR, now: () => verifier.clock.now() }
  issuer = await startTestIssuer(options)
  neighbour = await startTestIssuer(options)
})
afterAll(async () => {
  await neighbour.close()
  await issuer.close()
  await verifier.close()
})

const getBundle = (query = '') =>
  verifier.as('trust:read').get(`/v1/trust/bundle${query}`, { accept: '*/*' })

const readBundle = async (query = ''): Promise<BundleContent> => {
  const { body, statusCode } = await getBundle(query)
  expect(statusCode).toBe(200)
  const anchors = await loadTrustAnchors(verifier.config)
  const verified = verifyTrustBundle({ token: body, anchors, now: verifier.clock.now() })
  if (!verified.ok) throw new Error(verified.code)
  return verified.value.content
}

const check = async (from: TestIssuer) =>
  verifier.as('verifications:write').post('/v1/verifications', { credential: await from.issue() })

const register = (id: string, identifier: string) =>
  verifier.as('trust:write').put(`/v1/trust/issuers/${id}`, {
    identifier,
    legalName: { sv: 'Exempel', en: 'Example' },
    since: '2026-01-01T00:00:00.000Z',
    mayAward: { levels: [{ framework: 'EQF', max: 6 }] },
  })

describe('GET /v1/trust/bundle', () => {
  it('is signed with the key and certificate of this verifier, and says how long it can be used', async () => {
    const { body, headers } = await getBundle()
    expect(headers['content-type']).toContain('application/jwt')
    expect(headers['cache-control']).toBe('no-store')
    const jws = parseJws(body)
    if (!jws.ok) throw new Error(jws.code)
    const { header, payload } = jws.value
    expect(header).toMatchObject({ typ: 'bundle+jwt', alg: 'ES256', x5c: expect.any(Array) })
    expect(payload.iss).toBe(verifier.config.PUBLIC_URL)
    expect(Number(payload.exp) - Number(payload.iat)).toBe(30 * 86_400)
    expect(payload.policy).toEqual({ statusMaxAgeSeconds: 86_400 })
  })

  it('holds anchors, entries, and the status lists that were fetched, with their time', async () => {
    expect((await readBundle()).statusLists).toEqual([])
    await check(issuer)
    await register('exempel', issuer.identifier)
    const content = await readBundle()
    expect(content.anchors).toHaveLength(1)
    expect(content.issuers).toEqual([
      expect.objectContaining({
        id: 'exempel',
        identifier: issuer.identifier,
        mayAward: { levels: [{ framework: 'EQF', max: 6 }] },
      }),
    ])
    expect(content.statusLists).toEqual([
      {
        uri: issuer.statusListUri,
        kind: 'token',
        fetchedAt: verifier.clock.now().toISOString(),
        list: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      },
    ])
    expect(content.codeLists.length).toBeGreaterThan(5)
  })

  it('holds only what concerns the issuers asked for, and fetches their keys', async () => {
    await check(neighbour)
    await register('granne', neighbour.identifier)
    const content = await readBundle(`?issuer=${encodeURIComponent(issuer.identifier)}`)
    expect(content.issuersAskedFor).toEqual([issuer.identifier])
    expect(content.issuers.map(({ id }) => id)).toEqual(['exempel'])
    expect(content.statusLists.map(({ uri }) => uri)).toEqual([issuer.statusListUri])
    expect(content.issuerDocuments.map(({ document }) => document.issuer)).toEqual([
      issuer.identifier,
    ])
  })

  it('fetches a status list that is named, although nobody was checked against it', async () => {
    const fresh = await startTestIssuer({
      certifiedIn: verifier.config.DATA_DIR,
      now: () => verifier.clock.now(),
    })
    const query = `?issuer=${encodeURIComponent(fresh.identifier)}&statusList=${encodeURIComponent(fresh.statusListUri)}`
    const content = await readBundle(query)
    expect(content.statusLists.map(({ uri }) => uri)).toEqual([fresh.statusListUri])
    await fresh.close()
  })

  it('leaves out an anchor whose time is over, and keeps the period of others', async () => {
    const [anchor] = await loadTrustAnchors(verifier.config)
    const certificate = anchor?.toString()
    const put = (id: string, period: object) =>
      verifier
        .as('trust:write')
        .put(`/v1/trust/anchors/${id}`, { label: id, certificate, ...period })
    await put('over', { since: '2026-01-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' })
    await put('kept', { since: '2026-01-01T00:00:00.000Z', until: '2040-01-01T00:00:00.000Z' })
    const { anchors } = await readBundle()
    expect(anchors.map(({ label }) => label)).toEqual([undefined, 'kept'])
    expect(anchors[1]?.until).toBe('2040-01-01T00:00:00.000Z')
  })

  it.each([
    [
      'more issuers than fit',
      `?${Array.from({ length: 21 }, (_, n) => `issuer=https://${n}.se`).join('&')}`,
    ],
    ['a parameter it does not know', '?all=true'],
  ])('refuses %s', async (_what, query) => {
    const response = await getBundle(query)
    expect(response.statusCode).toBe(400)
    expect(response.headers['content-type']).toContain('application/problem+json')
  })
})
