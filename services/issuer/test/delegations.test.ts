import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { anAchievement, anAwardDraft, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['creator', 'ri-se', 'stranger'] })
})
afterAll(() => issuer.close())

const creator = () => issuer.as('creator', 'achievements:write')
const delegate = () => issuer.as('ri-se', 'awards:write achievements:write')
const award = (achievementId: string, awardedOn = '2026-06-05') =>
  delegate().post('/awards', anAwardDraft({ achievementId, awardedOn }))

async function givenDefinition(): Promise<string> {
  return (await issuer.given(anAchievement({ organisation: 'creator' }))).id
}

async function grant(id: string, period: object = { from: '2026-01-01' }): Promise<string> {
  const body = { organisationId: 'ri-se', ...period }
  const response = await creator().post(`/achievements/${id}/delegations`, body)
  if (response.statusCode !== 201) throw new Error(response.body)
  return response.json().id
}

describe('POST …/achievements/{achievement}/delegations', () => {
  it('gives another organisation the right to award, under its own name', async () => {
    const id = await givenDefinition()
    const body = { organisationId: 'ri-se', from: '2026-01-01', until: '2030-12-31' }
    const response = await creator().post(`/achievements/${id}/delegations`, body)
    expect(response.statusCode).toBe(201)
    expect(response.json()).toMatchObject({ ...body, state: 'open', grantedBy: 'developer' })

    const awarded = await award(id)
    expect([awarded.statusCode, awarded.json().achievementId]).toEqual([201, id])
    const row = (await issuer.rows('awards')).find((stored) => stored.id === awarded.json().id)
    expect(row).toMatchObject({ organisation_id: 'ri-se', achievement_organisation_id: 'creator' })
  })

  it('lets credentials name the definition of its creator, sealed by the delegate', async () => {
    const id = await givenDefinition()
    await grant(id)
    const draft = { ...anAwardDraft({ achievementId: id }), offer: {} }
    const { offer } = (await delegate().post('/awards', draft)).json()
    const { credential } = await issuer.wallet('ri-se').accept(offer)
    const payload = JSON.parse(
      Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString('utf8'),
    )
    expect(payload).toMatchObject({
      iss: `${issuerUrl}/ri-se`,
      achievement_id: `${issuerUrl}/creator/achievements/${id}`,
      definition_creator: { name: 'Exempelinstitutet' },
      awarding_body: [{ name: 'Exempelinstitutet' }],
    })
  })

  it.each([
    ['itself', { organisationId: 'creator' }, '/organisationId'],
    ['nobody', { organisationId: 'no-such-one' }, '/organisationId'],
    ['a period that runs backwards', { from: '2026-02-01', until: '2026-01-01' }, '/until'],
  ])('refuses %s', async (_, change, pointer) => {
    const id = await givenDefinition()
    const body = { organisationId: 'ri-se', ...change }
    const post = () => creator().post(`/achievements/${id}/delegations`, body)
    expectProblem(await unchanged(issuer, post), 400, 'delegation-invalid', pointer)
  })

  it('refuses a definition that is not there', async () => {
    const body = { organisationId: 'ri-se' }
    const post = () => creator().post(`/achievements/${newId()}/delegations`, body)
    expectProblem(await unchanged(issuer, post), 404, 'achievement-not-found')
  })
})

describe('an award by another organisation', () => {
  it('is refused without a right, and nothing is written', async () => {
    const id = await givenDefinition()
    expectProblem(await unchanged(issuer, () => award(id)), 403, 'not-delegated')
    await grant(id)
    const stranger = () =>
      issuer.as('stranger', 'awards:write').post('/awards', anAwardDraft({ achievementId: id }))
    expectProblem(await unchanged(issuer, stranger), 403, 'not-delegated')
  })

  it('is refused for a day before the right begins and after it ends', async () => {
    const id = await givenDefinition()
    await grant(id, { from: '2026-05-01', until: '2026-05-31' })
    const early = () => award(id, '2026-04-30')
    const late = () => award(id, '2026-06-01')
    expectProblem(await unchanged(issuer, early), 403, 'delegation-not-begun')
    expectProblem(await unchanged(issuer, late), 403, 'delegation-ended')
    expect((await award(id, '2026-05-01')).statusCode).toBe(201)
    expect((await award(id, '2026-05-31')).statusCode).toBe(201)
  })

  it('is refused once the right is withdrawn; what was awarded stays, can be offered and sent again', async () => {
    const id = await givenDefinition()
    const delegation = await grant(id)
    const draft = anAwardDraft({ achievementId: id, sourceReference: newId() })
    const first = await delegate().post('/awards', draft)
    expect(first.statusCode).toBe(201)
    const path = `/achievements/${id}/delegations/${delegation}/withdraw`
    const withdrawn = await creator().post(path)
    expect(withdrawn.json()).toMatchObject({ state: 'withdrawn', withdrawnBy: 'developer' })
    expect((await unchanged(issuer, () => creator().post(path))).json()).toEqual(withdrawn.json())

    expectProblem(await unchanged(issuer, () => award(id)), 403, 'delegation-withdrawn')
    expect((await delegate().post('/awards', draft)).json().id).toBe(first.json().id)
    const offer = await delegate().post(`/awards/${first.json().id}/offers`, {})
    expect(offer.statusCode).toBe(201)
    await issuer.wallet('ri-se').accept(offer.json())
  })

  it('is possible again with a new right; the history stays', async () => {
    const id = await givenDefinition()
    const delegation = await grant(id)
    await creator().post(`/achievements/${id}/delegations/${delegation}/withdraw`)
    await grant(id)
    expect((await award(id)).statusCode).toBe(201)
    const { items } = (await creator().get(`/achievements/${id}/delegations`)).json()
    expect(items.map(({ state }: { state: string }) => state)).toEqual(['open', 'withdrawn'])
  })

  it('is refused of a draft or an archived definition like anybody’s', async () => {
    const id = await givenDefinition()
    await grant(id)
    await creator().post(`/achievements/${id}/archive`)
    expectProblem(await unchanged(issuer, () => award(id)), 409, 'achievement-archived')
  })
})

describe('what a delegate sees', () => {
  it('is its rights and their definitions, and nothing else of the creator', async () => {
    const id = await givenDefinition()
    await givenDefinition()
    await grant(id)
    const { items } = (await delegate().get('/delegations')).json()
    expect(items[0]).toMatchObject({
      achievementId: id,
      creatorId: 'creator',
      organisationId: 'ri-se',
      title: { sv: 'Datadriven affärsutveckling' },
    })
    expectProblem(await delegate().get(`/achievements/${id}`), 404, 'achievement-not-found')
  })

  it('is bounded by the database itself: read what was delegated, write nothing', async () => {
    const id = await givenDefinition()
    const hidden = await givenDefinition()
    await grant(id)
    const seen = await issuer.inOrganisation('ri-se', async (query) => ({
      definitions: await query(
        `SELECT id FROM achievements WHERE organisation_id = 'creator' AND id IN ('${id}', '${hidden}')`,
      ),
      changed: await query(
        `UPDATE achievements SET archived_at = now() WHERE id = '${id}' RETURNING id`,
      ),
      extended: await query(
        `UPDATE delegations SET valid_until = NULL WHERE delegate_id = 'ri-se' RETURNING id`,
      ),
    }))
    expect(seen).toEqual({ definitions: [{ id }], changed: [], extended: [] })
    const forged = issuer.inOrganisation('ri-se', (query) =>
      query(
        `INSERT INTO delegations SELECT organisation_id, '${hidden}', id, delegate_id, valid_from, valid_until, granted_by, granted_at FROM delegations LIMIT 1`,
      ),
    )
    await expect(forged).rejects.toMatchObject({ code: '42501' })
    const stranger = await issuer.inOrganisation('stranger', (query) =>
      query(`SELECT id FROM delegations`),
    )
    expect(stranger).toEqual([])
  })
})
