import { achievementExample } from '@mikromerit/credentials'
import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { anAchievement, anAwardDraft, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other', 'listing'] })
})
afterAll(() => issuer.close())

const writer = (organisation = 'ri-se') => issuer.as(organisation, 'achievements:write')
const { draft } = anAchievement()
const changed = { ...draft, title: { sv: 'Ny benämning', en: 'New title' } }

describe('POST /v1/organisations/{organisation}/achievements', () => {
  it('stores version 1 with its codes as URIs, and says where it lies', async () => {
    const response = await writer().post('/achievements', draft)
    expect(response.statusCode).toBe(201)
    const { id, ...achievement } = response.json()
    expect(response.headers.location).toBe(`${issuerUrl}/v1/organisations/ri-se/achievements/${id}`)
    expect(achievement).toMatchObject({ version: 1, status: 'published', title: draft.title })
    expect(achievement.qualityAssurance[0].type).toMatch(/^http/)
    expect(achievement.assessment.gradingScheme).toMatchObject({ values: ['U', 'G'] })
  })

  it('says what could be better, and accepts it', async () => {
    const { supervision: _, ...assessment } = draft.assessment
    const response = await writer().post('/achievements', { ...draft, assessment })
    expect(response.statusCode).toBe(201)
    expect(response.json().findings).toMatchObject([
      { code: 'SUPERVISION_MISSING', severity: 'hint', pointer: '/assessment' },
    ])
  })

  it('refuses what breaks a data rule, with a pointer to each fault', async () => {
    const response = await unchanged(issuer, () =>
      writer().post('/achievements', {
        ...draft,
        workload: { credits: [{ framework: 'beans', value: 3 }] },
        levels: [{ framework: 'EQF', level: 9 }],
        qualityAssurance: [{ type: 'trust-me' }],
      }),
    )
    expectProblem(
      response,
      400,
      'achievement-invalid',
      '/workload/credits/0/framework',
      '/levels/0/level',
      '/qualityAssurance/0/type',
    )
    expect(response.body).not.toMatch(/beans|trust-me/)
  })

  it.each([
    ['an unknown member', { ...draft, titel: 'x' }, '/titel'],
    ['a wrong type', { ...draft, workload: { hours: '80' } }, '/workload/hours'],
    ['an id that is no UUID', { ...draft, id: 'kurs-1' }, '/id'],
  ])('refuses %s', async (_, body, pointer) => {
    const response = await unchanged(issuer, () => writer().post('/achievements', body))
    expectProblem(response, 400, 'validation-failed', pointer)
  })

  it('takes an id of the caller’s, and the same definition under it only once', async () => {
    const id = newId()
    const first = await writer().post('/achievements', { ...draft, id })
    expect([first.statusCode, first.json().id]).toEqual([201, id])
    const again = await unchanged(issuer, () => writer().post('/achievements', { ...draft, id }))
    expect([again.statusCode, again.json().version]).toEqual([200, 1])
    const other = await unchanged(issuer, () => writer().post('/achievements', { ...changed, id }))
    expectProblem(other, 409, 'achievement-exists')
  })

  it('lets another organisation use the same id for its own', async () => {
    const { id } = await issuer.given(anAchievement())
    const response = await writer('other').post('/achievements', { ...changed, id })
    expect(response.statusCode).toBe(201)
    expect((await writer().get(`/achievements/${id}`)).json().title).toEqual(draft.title)
  })

  it('answers a repeated idempotency key as before', async () => {
    const headers = { 'idempotency-key': 'achievement-0001' }
    const first = await writer().post('/achievements', draft, headers)
    const second = await unchanged(issuer, () => writer().post('/achievements', draft, headers))
    expect(second.json()).toEqual(first.json())
  })

  it('refuses an organisation that does not exist', async () => {
    const response = await unchanged(issuer, () => writer('nobody').post('/achievements', draft))
    expectProblem(response, 404, 'organisation-not-found')
  })
})

describe('PUT /v1/organisations/{organisation}/achievements/{achievement}', () => {
  it('stores the next version and keeps the one before', async () => {
    const { id } = await issuer.given(anAchievement())
    const response = await writer().put(`/achievements/${id}`, changed)
    expect([response.statusCode, response.json().version]).toEqual([200, 2])
    const newest = await writer().get(`/achievements/${id}`)
    expect(newest.json()).toMatchObject({ version: 2, title: changed.title })
    const first = await writer().get(`/achievements/${id}?version=1`)
    expect(first.json()).toMatchObject({ version: 1, title: draft.title })
  })

  it('makes no new version of the same content', async () => {
    const { id } = await issuer.given(anAchievement())
    const response = await unchanged(issuer, () => writer().put(`/achievements/${id}`, draft))
    expect(response.json().version).toBe(1)
  })

  it('awards the new version from then on', async () => {
    const { id } = await issuer.given(anAchievement())
    const award = () =>
      issuer.as('ri-se', 'awards:write').post('/awards', anAwardDraft({ achievementId: id }))
    expect((await award()).json().achievementVersion).toBe(1)
    await writer().put(`/achievements/${id}`, changed)
    expect((await award()).json().achievementVersion).toBe(2)
  })

  it('lets two editors not overwrite each other unseen', async () => {
    const { id } = await issuer.given(anAchievement())
    const edits = ['Ett', 'Två'].map((sv) =>
      writer().put(`/achievements/${id}`, { ...draft, title: { sv, en: sv } }),
    )
    const answers = await Promise.all(edits)
    const versions = answers.filter(({ statusCode }) => statusCode === 200)
    for (const answer of answers)
      if (answer.statusCode !== 200) expectProblem(answer, 409, 'achievement-changed')
    expect(new Set(versions.map((answer) => answer.json().version)).size).toBe(versions.length)
  })

  it('refuses a definition that breaks a rule, and one that is not there', async () => {
    const { id } = await issuer.given(anAchievement())
    const wrong = { ...draft, setting: 'informal', fields: ['999999'] }
    const faulty = await unchanged(issuer, () => writer().put(`/achievements/${id}`, wrong))
    expectProblem(faulty, 400, 'achievement-invalid', '/fields/0')
    const missing = await unchanged(issuer, () => writer().put(`/achievements/${newId()}`, draft))
    expectProblem(missing, 404, 'achievement-not-found')
  })
})

describe('POST …/achievements/{achievement}/archive', () => {
  it('closes a definition for awards, and a new version opens it again', async () => {
    const { id } = await issuer.given(anAchievement())
    const award = () =>
      issuer.as('ri-se', 'awards:write').post('/awards', anAwardDraft({ achievementId: id }))
    expect((await award()).statusCode).toBe(201)
    const archived = await writer().post(`/achievements/${id}/archive`)
    expect(archived.json()).toMatchObject({ id, status: 'archived' })
    expectProblem(await unchanged(issuer, award), 409, 'achievement-archived')

    const reopened = await writer().put(`/achievements/${id}`, draft)
    expect(reopened.json()).toMatchObject({ version: 2, status: 'published' })
    expect((await award()).json().achievementVersion).toBe(2)
  })

  it('changes nothing the second time', async () => {
    const { id } = await issuer.given(anAchievement())
    await writer().post(`/achievements/${id}/archive`)
    const again = await unchanged(issuer, () => writer().post(`/achievements/${id}/archive`))
    expect(again.statusCode).toBe(200)
  })

  it('refuses a definition that is not there', async () => {
    const response = await writer().post(`/achievements/${newId()}/archive`)
    expectProblem(response, 404, 'achievement-not-found')
  })

  it('reaches other replicas within seconds', async () => {
    const replica = await issuer.another()
    const { id } = await issuer.given(anAchievement())
    const award = () =>
      replica.as('ri-se', 'awards:write').post('/awards', anAwardDraft({ achievementId: id }))
    expect((await award()).statusCode).toBe(201)
    await writer().post(`/achievements/${id}/archive`)
    issuer.clock.advance(5)
    expectProblem(await award(), 409, 'achievement-archived')
  })
})

describe('GET …/achievements', () => {
  it('lists the newest version of each, newest first, page by page and by status', async () => {
    const ids: string[] = []
    for (let count = 0; count < 5; count++)
      ids.unshift((await issuer.given(anAchievement({ organisation: 'listing' }))).id)
    const listing = writer('listing')
    await listing.put(`/achievements/${ids[2]}`, changed)
    await listing.post(`/achievements/${ids[0]}/archive`)

    const first = (await listing.get('/achievements?limit=3')).json()
    const second = (await listing.get(`/achievements?limit=3&cursor=${first.nextCursor}`)).json()
    const listed = [...first.items, ...second.items]
    expect(listed.map(({ id }) => id)).toEqual(ids)
    expect(listed.map(({ version }) => version)).toEqual([1, 1, 2, 1, 1])
    expect(second.nextCursor).toBeUndefined()

    const archived = (await listing.get('/achievements?status=archived')).json()
    expect(archived.items).toMatchObject([{ id: ids[0], status: 'archived' }])
  })

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=!', 'status=lost'])(
    'refuses ?%s',
    async (query) => {
      expectProblem(await writer().get(`/achievements?${query}`), 400, 'validation-failed')
    },
  )

  it('does not know versions and definitions that are not there', async () => {
    const { id } = await issuer.given(anAchievement())
    expectProblem(await writer().get(`/achievements/${id}?version=2`), 404, 'achievement-not-found')
    expectProblem(await writer().get(`/achievements/${newId()}`), 404, 'achievement-not-found')
    expectProblem(await writer().get('/achievements/nothing'), 400, 'validation-failed')
  })
})

it('takes the published example', async () => {
  expect((await writer().post('/achievements', achievementExample)).statusCode).toBe(201)
})
