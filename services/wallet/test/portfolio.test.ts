import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AwardAtIssuer, anAward, anAwardAtIssuer } from './support/award-issuer.ts'
import { acceptOffer, startTrustedIssuer } from './support/flow.ts'
import { serve, type TestServer } from './support/http-server.ts'
import { anElmoFile } from './support/own-records.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer
let provider: TestServer
let documents: Record<string, object>

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
  provider = await serve(({ path }) => {
    const body = documents[path.split('?')[0] ?? '']
    return body ? { body } : { status: 404, body: {} }
  })
})
beforeEach(() => {
  documents = {}
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
  await provider.close()
})

const analysis = 'http://data.europa.eu/esco/skill/27ed854c-15b8-4ba2-90e9-ae888a219703'
const national = 'https://taxonomy.example.se/skill/4711'

/** Gives a learner one award, in all formats unless told. */
const give = async (
  learner: Learner,
  changes: Parameters<typeof anAward>[0] = {},
  configurations?: string[],
): Promise<{ award: AwardAtIssuer; ids: string[] }> => {
  const award = anAwardAtIssuer(anAward(changes), () => wallet.clock.now())
  issuer.reset({ ...award.behaviour, ...(configurations && { configurations }) })
  wallet.clock.advance(61)
  const { credentials } = (await acceptOffer(learner, issuer.offer())).json()
  return { award, ids: credentials.map(({ id }: { id: string }) => id) }
}
const portfolio = async (learner: Learner) => (await learner.get('/v1/portfolio')).json()

/** Publishes a definition at the provider; its address. */
const publish = (name: string, definition: object): string => {
  const url = `${provider.origin}/school/achievements/${name}`
  documents[`/school/achievements/${name}`] = {
    url,
    title: { sv: `Helhet ${name}`, en: `Whole ${name}` },
    ...definition,
  }
  return url
}
const definitionOf = ({ record }: AwardAtIssuer) =>
  `${issuer.identifier}/achievements/${record.achievement.id}`

describe('GET /v1/portfolio', () => {
  it('counts an award once, in however many formats it is held', async () => {
    const learner = wallet.as()
    const { ids } = await give(learner)
    const { verified, notCounted } = await portfolio(learner)
    expect(notCounted).toEqual([])
    expect(verified.awards).toMatchObject([
      { title: 'Datadriven affärsutveckling', awardedOn: '2026-06-05' },
    ])
    expect([...verified.awards[0].evidence].sort()).toEqual([...ids].sort())
    expect(verified.credits).toMatchObject([{ total: 3, byYear: [{ year: 2026, value: 3 }] }])
    expect(verified.hours).toMatchObject({ total: 80, byYear: [{ year: 2026, value: 80 }] })
    expect(verified.levels).toMatchObject([
      { framework: 'EQF', level: 6 },
      { framework: 'SeQF', level: 6 },
    ])
    const skill = verified.skills.find(
      (one: { skill: { uri: string } }) => one.skill.uri === analysis,
    )
    expect(skill.evidence).toHaveLength(3)
    expect(verified.settings).toHaveLength(1)
  })

  it('adds awards within a credit system, and never one system to another', async () => {
    const learner = wallet.as()
    const one = ['MicroCredential_sd_jwt_vc']
    await give(learner, {}, one)
    await give(learner, { award: { awardedOn: '2025-01-10' } }, one)
    const yhp = { workload: { credits: [{ framework: 'yhp', value: 10 }] } }
    await give(learner, { achievement: yhp }, one)
    const { verified } = await portfolio(learner)
    expect(verified.awards).toHaveLength(3)
    const totals = verified.credits.map(({ total, byYear }: { total: number; byYear: [] }) => [
      total,
      byYear.length,
    ])
    expect(totals.sort()).toEqual([
      [10, 1],
      [6, 2],
    ])
  })

  it('lists skills of national taxonomies by their URI', async () => {
    const learner = wallet.as()
    await give(learner, { achievement: { skills: [{ uri: national, label: { sv: 'Svetsa' } }] } })
    const { verified } = await portfolio(learner)
    expect(verified.skills.map(({ skill }: { skill: { uri: string } }) => skill.uri)).toContain(
      national,
    )
  })

  it('does not count what was revoked, replaced or suspended, and says so', async () => {
    const learner = wallet.as()
    const { award, ids } = await give(learner)
    const kept = await give(learner, { achievementId: crypto.randomUUID() })
    issuer.reset(award.behaviour)
    award.status = 'revoked'
    award.replacedBy = {
      awardId: kept.award.record.award.id,
      credentialIds: [],
      reason: 'data_corrected',
    }
    // One of its credentials is enough to know it of the award.
    await learner.post(`/v1/credentials/${ids[0]}/status`)
    const { verified, notCounted } = await portfolio(learner)
    expect(verified.awards).toHaveLength(1)
    expect(verified.credits).toMatchObject([{ total: 3 }])
    expect(notCounted).toMatchObject([
      { title: 'Datadriven affärsutveckling', state: 'replaced', evidence: expect.any(Array) },
    ])
    expect([...notCounted[0].evidence].sort()).toEqual([...ids].sort())
  })

  it('asks again about what was asked more than a day ago, and then counts it', async () => {
    const learner = wallet.as()
    const { award } = await give(learner)
    wallet.clock.advance(86_401)
    expect((await portfolio(learner)).verified.awards).toHaveLength(1)
    award.status = 'suspended'
    wallet.clock.advance(86_401)
    expect((await portfolio(learner)).notCounted).toMatchObject([{ state: 'suspended' }])
  })

  it('does not count what nobody can be asked about for a day, and says so', async () => {
    const learner = wallet.as()
    const { award } = await give(learner)
    award.isReachable = false
    wallet.clock.advance(86_401)
    const { verified, notCounted } = await portfolio(learner)
    expect(verified.awards).toEqual([])
    expect(notCounted).toMatchObject([{ state: 'unknown' }])
  })

  it('keeps own records apart, however much they say', async () => {
    const learner = wallet.as()
    await give(learner)
    await learner.post('/v1/records', { record: anElmoFile('Svetsning') })
    const { verified, ownRecords } = await portfolio(learner)
    expect(verified.credits).toMatchObject([{ total: 3 }])
    expect(ownRecords.selfDeclared).toMatchObject({
      awards: [{ title: 'Svetsning', issuer: 'Gamla skolan' }],
      credits: [{ total: 7.5 }],
    })
    expect(ownRecords.sealed.awards).toEqual([])
  })

  it('is empty for somebody else', async () => {
    await give(wallet.as())
    const { verified, notCounted, ownRecords } = await portfolio(wallet.as())
    expect([verified.awards, notCounted, ownRecords.selfDeclared.awards]).toEqual([[], [], []])
  })
})

describe('GET /v1/portfolio/gaps', () => {
  const gaps = (learner: Learner, url: string) =>
    learner.get(`/v1/portfolio/gaps?definition=${encodeURIComponent(url)}`)

  it('compares skills and levels with a published definition', async () => {
    const learner = wallet.as()
    await give(learner)
    const url = publish('a', {
      levels: [
        { framework: 'EQF', level: 7 },
        { framework: 'X', level: 3 },
      ],
      skills: [{ uri: analysis }, { uri: national, label: { sv: 'Svetsa' } }],
      prerequisites: { sv: 'Grundläggande behörighet' },
    })
    const response = await gaps(learner, url)
    expect(response.json()).toMatchObject({
      definition: { url, title: { sv: 'Helhet a', en: 'Whole a' } },
      isHeld: false,
      skills: { held: [{ skill: { uri: analysis } }], missing: [{ uri: national }] },
      levels: [
        { framework: 'EQF', level: 7, highest: 6 },
        { framework: 'X', level: 3 },
      ],
      prerequisites: { sv: 'Grundläggande behörighet', en: 'Grundläggande behörighet' },
    })
    expect(response.json().levels[1].highest).toBeUndefined()
    expect(response.json().progress).toBeUndefined()
  })

  it('counts no own record', async () => {
    const learner = wallet.as()
    await learner.post('/v1/records', { record: anElmoFile('Svetsning') })
    const url = publish('b', { skills: [{ uri: national }] })
    expect((await gaps(learner, url)).json().skills).toEqual({
      held: [],
      missing: [{ uri: national }],
    })
  })
})

describe('POST /v1/progress', () => {
  const progress = (learner: Learner, definition: string) =>
    learner.post('/v1/progress', { definition })

  it('says what is there and what is missing, each award once', async () => {
    const learner = wallet.as()
    const { award, ids } = await give(learner)
    const other = `${issuer.identifier}/achievements/${crypto.randomUUID()}`
    const url = publish('whole', {
      stackingRules: {
        rule: { all: [{ achievement: definitionOf(award) }, { achievement: other }] },
      },
    })
    const first = (await progress(learner, url)).json()
    expect(first).toMatchObject({
      definition: { url },
      isHeld: false,
      result: {
        outcome: 'missing',
        progress: [
          { pointer: '/rule/all/0', isFulfilled: true },
          { pointer: '/rule/all/1', isFulfilled: false },
        ],
      },
    })
    expect(ids).toContain(first.result.used[0].credential)
    const achievementId = other.split('/').at(-1) ?? ''
    await give(learner, { achievementId })
    expect((await progress(learner, url)).json().result.outcome).toBe('fulfilled')
  })

  it('does not count a revoked part, and names it', async () => {
    const learner = wallet.as()
    const { award, ids } = await give(learner, {}, ['MicroCredential_sd_jwt_vc'])
    const url = publish('part', { stackingRules: { rule: { achievement: definitionOf(award) } } })
    expect((await progress(learner, url)).json().result.outcome).toBe('fulfilled')
    award.status = 'revoked'
    await learner.post(`/v1/credentials/${ids[0]}/status`)
    const { result } = (await progress(learner, url)).json()
    expect(result.outcome).toBe('missing')
    expect(result.excluded).toMatchObject([{ credential: ids[0] }])
  })

  it('does not count the credits of one award three times', async () => {
    const learner = wallet.as()
    await give(learner)
    const url = publish('credits', {
      stackingRules: { rule: { credits: { framework: 'ects', min: 6 } } },
    })
    const { result } = (await progress(learner, url)).json()
    expect(result).toMatchObject({ outcome: 'missing', progress: [{ have: 3, need: 6 }] })
  })

  it('counts nothing of another learner', async () => {
    const { award } = await give(wallet.as())
    const url = publish('mine', { stackingRules: { rule: { achievement: definitionOf(award) } } })
    expect((await progress(wallet.as(), url)).json().result.outcome).toBe('missing')
  })

  it.each<[string, () => string, number, string]>([
    ['is not there', () => `${provider.origin}/nothing`, 422, 'definition-invalid'],
    ['is not made of parts', () => publish('plain', {}), 422, 'definition-without-rules'],
    [
      'names itself another',
      () => publish('other', { url: 'https://else.example/achievements/1' }),
      422,
      'definition-invalid',
    ],
    [
      'has rules that are none',
      () => publish('bad', { stackingRules: { rule: {} } }),
      422,
      'definition-invalid',
    ],
    [
      'has rules without end',
      () => {
        const many = Array.from({ length: 30 }, () => ({ hours: { min: 1 } }))
        const rule = { all: [{ any: many, min: 15 }, { any: many }, { any: many }] }
        return publish('endless', { stackingRules: { rule } })
      },
      422,
      'definition-invalid',
    ],
    ['lies at a private address', () => 'https://192.168.0.1/a', 422, 'definition-invalid'],
    ['is at a host that is down', () => 'http://localhost:1/a', 502, 'definition-unreachable'],
    ['is no address', () => 'ftp://x', 400, 'validation-failed'],
  ])('refuses a definition that %s', async (_what, arrange, status, code) => {
    const learner = wallet.as()
    await portfolio(learner)
    const before = await wallet.counts()
    const response = await progress(learner, arrange())
    expect([response.statusCode, problemOf(response)]).toEqual([status, code])
    expect(await wallet.counts()).toEqual(before)
  })
})

describe('GET /v1/progress', () => {
  it('lists the wholes of a catalogue, the nearest first', async () => {
    const learner = wallet.as()
    const { award } = await give(learner)
    const far = publish('far', {
      stackingRules: { rule: { achievement: `${issuer.identifier}/achievements/none` } },
    })
    const near = publish('near', { stackingRules: { rule: { achievement: definitionOf(award) } } })
    publish('plain', {})
    documents['/v1/catalogue'] = { items: [...Object.values(documents), { broken: true }] }
    const catalogue = encodeURIComponent(`${provider.origin}/v1/catalogue`)
    const { items, hasMore } = (await learner.get(`/v1/progress?catalogue=${catalogue}`)).json()
    expect(items.map(({ definition }: { definition: { url: string } }) => definition.url)).toEqual([
      near,
      far,
    ])
    expect(hasMore).toBe(false)
  })

  it('looks at a bounded part of an endless catalogue', async () => {
    documents['/v1/catalogue'] = { items: [], nextCursor: 'again' }
    const before = provider.requests.length
    const catalogue = encodeURIComponent(`${provider.origin}/v1/catalogue`)
    const response = await wallet.as().get(`/v1/progress?catalogue=${catalogue}`)
    expect(response.json()).toEqual({ items: [], hasMore: true })
    expect(provider.requests.length - before).toBe(5)
  })

  it('refuses what is no catalogue', async () => {
    documents['/v1/catalogue'] = { hello: 'world' }
    const catalogue = encodeURIComponent(`${provider.origin}/v1/catalogue`)
    const response = await wallet.as().get(`/v1/progress?catalogue=${catalogue}`)
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'definition-invalid'])
  })
})
