import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import {
  anAchievement,
  anAwardDraft,
  aToken,
  type Method,
  startIssuer,
  type TestIssuer,
} from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

const protectedRoutes = () =>
  // HEAD comes with each GET and is answered by the same handler.
  issuer.app.guardedRoutes.filter((route) => !route.public && route.method !== 'HEAD')
const concrete = (url: string) =>
  url
    .replace(':organisation', 'ri-se')
    .replace(/:(achievement|award)/, '0190c1a2-0000-7000-8000-000000000001')
const send = (method: string, url: string, token?: string) =>
  // The walk only meets methods that the service registered.
  issuer.send(method as Method, concrete(url), { token, ...(method === 'GET' ? {} : { body: {} }) })

describe('every route', () => {
  it('is known: those without access token are the wallet’s, the verifier’s and the operator’s', () => {
    const open = issuer.app.guardedRoutes
      .filter((route) => route.public && !/^\/(docs|problems|openapi)/.test(route.url))
      .map(({ url }) => url)
    expect([...new Set(open)].sort()).toEqual([
      '/.well-known/jwt-vc-issuer/:organisation',
      '/.well-known/oauth-authorization-server/:organisation',
      '/.well-known/openid-credential-issuer/:organisation',
      '/:organisation/achievements/:achievement',
      '/:organisation/authorize',
      '/:organisation/authorize/decision',
      '/:organisation/bitstring-status-lists/:list/:purpose',
      '/:organisation/credential',
      '/:organisation/jwks.json',
      '/:organisation/keys/:kid',
      '/:organisation/nonce',
      '/:organisation/notification',
      '/:organisation/offers/:reference',
      '/:organisation/par',
      '/:organisation/replacements/:credential',
      '/:organisation/status-lists/:list',
      '/:organisation/token',
      '/contexts/elm-vc2/v1',
      '/livez',
      '/metrics',
      '/readyz',
      '/sign-in/callback',
      '/type-metadata/vct/:vct',
      '/type-metadata/vct/:vct/:version',
      '/v1/catalogue',
      '/v1/catalogue/:organisation',
    ])
    expect(protectedRoutes().length).toBeGreaterThanOrEqual(15)
  })

  it('refuses a request without a token', async () => {
    for (const { method, url } of protectedRoutes()) {
      const response = await unchanged(issuer, () => send(method, url))
      expect([method, url, response.statusCode]).toEqual([method, url, 401])
      expect(response.headers['www-authenticate']).toContain('Bearer')
    }
  })

  it('refuses a token without its scope, and names the scope', async () => {
    const token = await aToken('unrelated:write wallet', 'ri-se')
    for (const { method, url, scope } of protectedRoutes()) {
      const response = await unchanged(issuer, () => send(method, url, token))
      expect([method, url, response.statusCode]).toEqual([method, url, 403])
      expect(response.headers['www-authenticate']).toContain(`scope="${scope}"`)
    }
  })

  it('refuses to write with a scope to read', async () => {
    const token = await aToken('organisations:read achievements:read awards:read', 'ri-se')
    const writes = protectedRoutes().filter(({ method }) => method !== 'GET')
    expect(writes.length).toBeGreaterThanOrEqual(9)
    for (const { method, url } of writes)
      expectProblem(
        await unchanged(issuer, () => send(method, url, token)),
        403,
        'insufficient-scope',
      )
  })

  it('below an organisation refuses the token of another, and one that names none (S-23)', async () => {
    const scope = 'organisations:write achievements:write awards:write'
    const below = protectedRoutes().filter(({ url }) => url.includes(':organisation'))
    expect(below.length).toBeGreaterThanOrEqual(13)
    for (const { method, url } of below)
      for (const token of [await aToken(scope, 'other'), await aToken(scope)]) {
        const response = await unchanged(issuer, () => send(method, url, token))
        expectProblem(response, 403, 'organisation-mismatch')
      }
  })
})

describe('what belongs to another organisation', () => {
  it('is not found under one’s own address, whichever way it is asked for', async () => {
    const { id: award, achievementId } = await issuer.givenAward()
    const scope = 'organisations:write achievements:write awards:write'
    const other = issuer.as('other', scope)
    const { draft } = anAchievement()
    const attempts = [
      () => other.get(`/achievements/${achievementId}`),
      () => other.put(`/achievements/${achievementId}`, draft),
      () => other.post(`/achievements/${achievementId}/archive`),
      () => other.post(`/achievements/${achievementId}/publish`),
      () => other.post(`/achievements/${achievementId}/unpublish`),
      () => other.get(`/achievements/${achievementId}/delegations`),
      () => other.post(`/achievements/${achievementId}/delegations`, { organisationId: 'ri-se' }),
      () => other.post(`/achievements/${achievementId}/delegations/${award}/withdraw`),
      () => other.get(`/awards/${award}`),
      () => other.post(`/awards/${award}/offers`, {}),
      () => other.post(`/awards/${award}/status`, { status: 'revoked', reason: 'x' }),
      () => other.delete(`/awards/${award}/learner`),
    ]
    for (const attempt of attempts) expect((await unchanged(issuer, attempt)).statusCode).toBe(404)
    const awarding = () => other.post('/awards', anAwardDraft({ achievementId }))
    expectProblem(await unchanged(issuer, awarding), 403, 'not-delegated')
    for (const list of [
      '/achievements',
      '/delegations',
      '/awards',
      `/awards?achievementId=${achievementId}`,
    ])
      expect((await other.get(list)).json()).toEqual({ items: [] })
  })

  it('stays hidden by the database itself when a query forgets to ask for the organisation', async () => {
    await issuer.givenAward()
    const seen = await issuer.inOrganisation('other', async (query) => {
      const counts = await query('SELECT count(*)::int AS found FROM awards')
      const changed = await query(`UPDATE awards SET status = 'revoked' RETURNING id`)
      return { found: counts[0]?.found, changed: changed.length }
    })
    expect(seen).toEqual({ found: 0, changed: 0 })
    const forged = issuer.inOrganisation('other', (query) =>
      query(`INSERT INTO used_nonces VALUES ('ri-se', '${newId()}', now())`),
    )
    await expect(forged).rejects.toMatchObject({ code: '42501' })
  })
})
