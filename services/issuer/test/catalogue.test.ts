import { achievementExample } from '@mikromerit/credentials'
import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from './expectations.ts'
import { anAchievement, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

const writer = (organisation = 'ri-se') => issuer.as(organisation, 'achievements:write')
const get = (url: string, headers = {}) => issuer.send('GET', url, { headers })
const given = async (organisation: string, changes: object) =>
  (await issuer.given(anAchievement({ organisation, ...changes }))).id
const search = async (query: string, organisation = '') => {
  const response = await get(`/v1/catalogue${organisation}?${query}`)
  expect([response.statusCode, response.body]).toEqual([200, expect.any(String)])
  return response.json().items.map(({ id }: { id: string }) => id)
}

describe('GET /v1/catalogue', () => {
  let welding: string
  let statistics: string
  beforeAll(async () => {
    welding = await given('other', {
      title: { sv: 'Heta arbeten och svetsning', en: 'Hot work and welding' },
      levels: [{ framework: 'SeQF', level: 4, basis: 'self_assessed' }],
      fields: ['0715'],
      workload: { hours: 16, credits: [{ framework: 'yhp', value: 2 }] },
      participation: { modes: ['onsite'], languages: ['en'] },
    })
    statistics = await given('ri-se', {
      title: { sv: 'Statistik för beslutsfattare', en: 'Statistics for decision makers' },
      workload: { hours: 200, credits: [{ framework: 'ects', value: 7.5 }] },
    })
  })

  it('shows published definitions of all organisations without a token, and of one', async () => {
    expect(await search('')).toEqual(expect.arrayContaining([welding, statistics]))
    expect(await search('', '/other')).toEqual([welding])
    expectProblem(await get('/v1/catalogue/nobody'), 404, 'organisation-not-found')
  })

  it('says whose a definition is, how complete, and what it can be stacked of', async () => {
    const rule = { achievement: `${issuerUrl}/ri-se/achievements/${statistics}` }
    const id = await given('other', { stackingRules: { rule } })
    const { items } = (await get('/v1/catalogue/other')).json()
    expect(items.find((entry: { id: string }) => entry.id === id)).toMatchObject({
      url: `${issuerUrl}/other/achievements/${id}`,
      organisation: { id: 'other', credentialIssuer: `${issuerUrl}/other`, country: 'SE' },
      status: 'published',
      completeness: { score: 100 },
      stackingRules: { rule },
    })
    await writer('other').post(`/achievements/${id}/archive`)
  })

  it.each([
    ['other forms of a Swedish word', 'q=beslutsfattarnas', () => statistics],
    ['other forms of an English word', 'q=decision maker', () => statistics],
    ['the beginning of a word', 'q=svetsn', () => welding],
    ['a broad field', 'field=07', () => welding],
    ['a level', 'level=4&framework=SeQF', () => welding],
    ['a language', 'language=en', () => welding],
    ['a credit system', 'credits=yhp', () => welding],
    ['an amount of credits', 'minCredits=7.5&maxCredits=7.5', () => statistics],
    ['all of it at once', 'q=statistik&level=6&field=068&minCredits=7', () => statistics],
  ])('finds by %s', async (_, query, expected) => {
    expect(await search(query)).toEqual([expected()])
  })

  it('finds by a skill, and nothing by words that stand nowhere', async () => {
    const { uri } = achievementExample.learningOutcomes[0]?.skills[0] ?? { uri: '' }
    expect(await search(`skill=${encodeURIComponent(uri)}`)).toContain(statistics)
    for (const query of ['q=xyzzy', `q=${encodeURIComponent("':* & !")}`, 'minCredits=8'])
      expect(await search(query)).toEqual([])
  })

  it('leaves out drafts and archived definitions, and shows the newest version', async () => {
    const id = await given('ri-se', { title: { sv: 'Hydrologi' } })
    expect(await search('q=hydrologi')).toEqual([id])
    const changed = { ...achievementExample, title: { sv: 'Limnologi' } }
    await writer().put(`/achievements/${id}`, changed)
    expect([await search('q=hydrologi'), await search('q=limnologi')]).toEqual([[], [id]])
    await writer().post(`/achievements/${id}/unpublish`)
    expect(await search('q=limnologi')).toEqual([])
    await writer().post(`/achievements/${id}/publish`)
    expect(await search('q=limnologi')).toEqual([id])
    await writer().post(`/achievements/${id}/archive`)
    expect(await search('q=limnologi')).toEqual([])
  })

  it('turns pages by cursor, each definition once', async () => {
    const all = await search('limit=100')
    const found: string[] = []
    let cursor = ''
    do {
      const page = (await get(`/v1/catalogue?limit=1${cursor}`)).json()
      found.push(...page.items.map(({ id }: { id: string }) => id))
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : ''
    } while (cursor !== '')
    expect(found).toEqual(all)
    expectProblem(await get('/v1/catalogue?cursor=abc'), 400, 'validation-failed', '/cursor')
  })

  it('is read from caches: an ETag, and 304 for who has it', async () => {
    const first = await get('/v1/catalogue')
    expect(first.headers['cache-control']).toBe('public, max-age=60')
    expect(first.headers['access-control-allow-origin']).toBe('*')
    const again = await get('/v1/catalogue', { 'if-none-match': first.headers.etag })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it.each(['level=x', 'field=688x', 'credits=beans', 'minCredits=-1', `q=${'x'.repeat(201)}`])(
    'refuses %s',
    async (query) => {
      expectProblem(await get(`/v1/catalogue?${query}`), 400, 'validation-failed')
    },
  )

  it('reads no table from end to end among ten thousand definitions', async () => {
    await issuer.inOrganisation('other', (query) =>
      query(`INSERT INTO catalogue_entries
        SELECT 'other', gen_random_uuid(), 1, c.content,
          to_tsvector('swedish', 'kurs nummer ' || n), ARRAY['level:EQF:' || (n % 8 + 1)],
          '{"ects": 300}', now()
        FROM catalogue_entries c, generate_series(1, 10000) n
        WHERE c.achievement_id = '${welding}'`),
    )
    const plans = await issuer.inOrganisation('ri-se', async (query) => {
      await query('ANALYZE catalogue_entries')
      return Promise.all(
        [
          `search @@ websearch_to_tsquery('swedish', 'statistik')`,
          `facets @> ARRAY['field:07']`,
          `organisation_id = 'other'`,
          'true',
        ].map((condition) =>
          query(`EXPLAIN SELECT content FROM catalogue_entries WHERE ${condition}
            ORDER BY organisation_id, achievement_id LIMIT 21`),
        ),
      )
    })
    expect(JSON.stringify(plans)).toContain('Index')
    expect(JSON.stringify(plans)).not.toContain('Seq Scan')
    expect(await search('q=statistik')).toEqual([statistics])
    expect(await search('limit=100', '/other')).toHaveLength(100)
  })
})

describe('GET /{organisation}/achievements/{achievement}', () => {
  it('answers the address that credentials name, as JSON', async () => {
    const { id } = await issuer.given(anAchievement())
    const response = await get(`/ri-se/achievements/${id}`)
    expect(response.headers['content-type']).toContain('application/json')
    expect(response.json()).toMatchObject({
      id,
      url: `${issuerUrl}/ri-se/achievements/${id}`,
      version: 1,
      title: achievementExample.title,
      status: 'published',
    })
    const { etag } = response.headers
    const again = await get(`/ri-se/achievements/${id}`, { 'if-none-match': etag })
    expect(again.statusCode).toBe(304)
  })

  it('answers as JSON-LD when asked: the qualification of the European Learning Model', async () => {
    const { id } = await issuer.given(anAchievement())
    const accept = 'application/ld+json, application/json;q=0.5'
    const response = await get(`/ri-se/achievements/${id}`, { accept })
    expect(response.headers['content-type']).toContain('application/ld+json')
    expect(response.json()).toMatchObject({
      id: `${issuerUrl}/ri-se/achievements/${id}`,
      type: 'Qualification',
      publisher: { id: `${issuerUrl}/ri-se` },
    })
  })

  it('keeps answering for archived definitions and earlier versions, never for drafts', async () => {
    const { id } = await issuer.given(anAchievement())
    await writer().put(`/achievements/${id}`, { ...achievementExample, title: { sv: 'Ny titel' } })
    await writer().post(`/achievements/${id}/archive`)
    const newest = await get(`/ri-se/achievements/${id}`)
    expect(newest.json()).toMatchObject({ version: 2, status: 'archived' })
    const first = await get(`/ri-se/achievements/${id}?version=1`)
    expect(first.json()).toMatchObject({ version: 1, title: achievementExample.title })

    const body = { ...achievementExample, status: 'draft' }
    const { id: draft } = (await writer().post('/achievements', body)).json()
    const addresses = [
      `/ri-se/achievements/${draft}`,
      `/other/achievements/${id}`,
      `/ri-se/achievements/${newId()}`,
      `/nobody/achievements/${id}`,
    ]
    for (const address of addresses) expectProblem(await get(address), 404, 'achievement-not-found')
  })
})
