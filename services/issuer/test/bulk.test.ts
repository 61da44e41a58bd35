import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { aCsvFile, aCsvRow, importFile, jobEnded, rowsOf } from './import-files.ts'
import { statusOf } from './published-status.ts'
import { anAchievement, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
let achievementId: string
let importId: string
let awardIds: string[]
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

beforeEach(async () => {
  achievementId = (await issuer.given(anAchievement())).id
  const file = aCsvFile(...Array.from({ length: 230 }, () => aCsvRow()))
  const { job } = await importFile(issuer, file, { query: { achievementId } })
  importId = job.id
  awardIds = []
  for (let after = ''; after !== 'end'; ) {
    const page = await reader().get(`/jobs/${importId}/rows?limit=100${after}`)
    const { items, nextCursor } = page.json()
    awardIds.push(...items.map((row: { awardId: string }) => row.awardId))
    after = nextCursor ? `&cursor=${nextCursor}` : 'end'
  }
})

const reader = () => issuer.as('ri-se', 'awards:read')
const writer = (organisation = 'ri-se') => issuer.as(organisation, 'awards:write')
const first = () => awardIds[0] ?? ''
async function run(action: string, body: object, headers = {}) {
  const response = await writer().post(`/bulk/${action}`, body, headers)
  if (response.statusCode !== 202) throw new Error(response.body)
  return jobEnded(issuer, response.json().id)
}
const statuses = async () =>
  Object.groupBy(
    (await issuer.rows('awards')).filter(({ import_id }) => import_id === importId),
    ({ status }) => String(status),
  )

describe('POST …/bulk/offers', () => {
  it('tells what would be done, and does nothing', async () => {
    await writer().post(`/awards/${first()}/status`, { status: 'revoked', reason: 'Fel' })
    const body = { filter: { importId } }
    const response = await unchanged(issuer, () => writer().post('/bulk/offers?dryRun=true', body))
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      count: 230,
      refused: [{ code: 'award-not-valid', count: 1 }],
      examples: awardIds.slice(0, 10).map((id) => ({ id, achievementId })),
    })
  })

  it('offers each award once, and a wallet can take it', async () => {
    await writer().post(`/awards/${first()}/status`, { status: 'revoked', reason: 'Fel' })
    const before = await issuer.count('offers')
    const job = await run('offers', { filter: { importId }, offer: { txCode: true } })
    expect(job).toMatchObject({
      kind: 'offers',
      state: 'completed',
      progress: { total: 230, done: 230, succeeded: 229, refused: 1 },
    })
    expect(await issuer.count('offers')).toBe(before + 229)
    const [refused, offered] = await rowsOf(issuer, job.id)
    expect(refused).toMatchObject({
      number: 1,
      awardId: first(),
      outcome: 'refused',
      code: 'award-not-valid',
    })
    if (!offered?.offer) throw new Error('Not offered')
    expect(offered.offer.txCode).toMatch(/^\d{6}$/)
    const { credential } = await issuer.wallet().accept(offered.offer)
    expect(await statusOf(issuer, credential)).toBe(0)
  })

  it('is one job for one idempotency key', async () => {
    const headers = { 'idempotency-key': newId() }
    const body = { filter: { awardIds: [first()] } }
    const answers = [
      await writer().post('/bulk/offers', body, headers),
      await writer().post('/bulk/offers', body, headers),
    ]
    expect(answers[0]?.json().id).toBe(answers[1]?.json().id)
    const job = await jobEnded(issuer, answers[0]?.json().id)
    expect(job.progress.done).toBe(1)
  })
})

describe('POST …/bulk/status', () => {
  it('changes every award of the filter with its credentials, and no other', async () => {
    const [offered] = await rowsOf(
      issuer,
      (await run('offers', { filter: { awardIds: [first()] } })).id,
    )
    if (!offered?.offer) throw new Error('Not offered')
    const { credential } = await issuer.wallet().accept(offered.offer)
    const other = await issuer.givenAward()
    const change = { filter: { importId }, status: 'suspended', reason: 'Granskas' }
    const job = await run('status', change)
    expect(job).toMatchObject({ state: 'completed', progress: { succeeded: 230, refused: 0 } })
    expect((await statuses()).suspended).toHaveLength(230)
    expect(await statusOf(issuer, credential)).toBe(2)
    expect((await reader().get(`/awards/${first()}`)).json().statusChanges).toMatchObject([
      { status: 'suspended', reason: 'Granskas', decidedBy: 'developer' },
    ])
    expect((await reader().get(`/awards/${other.id}`)).json().status).toBe('valid')
    expect((await run('status', change)).progress).toMatchObject({ unchanged: 230, succeeded: 0 })
  })

  it('keeps to the rules of a single change', async () => {
    const revoke = { filter: { awardIds: [first()] }, status: 'revoked', reason: 'Fel' }
    await run('status', revoke)
    const restore = { filter: { importId }, status: 'valid', reason: 'Åter' }
    const preview = (await writer().post('/bulk/status?dryRun=true', restore)).json()
    expect(preview.refused).toContainEqual({ code: 'revocation-is-final', count: 1 })
    const job = await run('status', restore)
    expect(job.progress).toMatchObject({ refused: 1, unchanged: 229, succeeded: 0 })
  })

  it('selects by definition, day and status', async () => {
    const filter = {
      achievementId,
      awardedFrom: '2026-06-05',
      awardedTo: '2026-06-05',
      status: 'valid',
    }
    const count = async (changes: object) =>
      (
        await writer().post('/bulk/status?dryRun=true', {
          ...{ status: 'suspended', reason: 'Granskas', filter: { ...filter, ...changes } },
        })
      ).json().count
    expect(await count({})).toBe(230)
    expect(await count({ status: 'revoked' })).toBe(0)
    expect(await count({ awardedFrom: '2026-06-06' })).toBe(0)
    expect(await count({ awardedTo: '2026-06-04' })).toBe(0)
    expect(await count({ importId: newId() })).toBe(0)
  })
})

describe('POST …/bulk/reissue', () => {
  it('makes each award anew of the newest version, and offers it', async () => {
    const { draft } = anAchievement({ title: { sv: 'Rättad titel', en: 'Corrected title' } })
    const admin = issuer.as('ri-se', 'achievements:write')
    expect((await admin.put(`/achievements/${achievementId}`, draft)).statusCode).toBe(200)
    issuer.clock.advance(10)
    const job = await run('reissue', {
      ...{ filter: { importId }, reason: 'definition_corrected', offer: {} },
    })
    expect(job).toMatchObject({ kind: 'reissue', progress: { succeeded: 230, refused: 0 } })
    const [row] = await rowsOf(issuer, job.id)
    const old = (await reader().get(`/awards/${row?.awardId}`)).json()
    const made = (await reader().get(`/awards/${row?.supersededBy}`)).json()
    expect(old).toMatchObject({ status: 'revoked', supersededBy: { award: made.id } })
    expect(made).toMatchObject({
      status: 'valid',
      achievementVersion: old.achievementVersion + 1,
      learner: old.learner,
      result: old.result,
      supersedes: { award: old.id, reason: 'definition_corrected' },
    })
    if (!row?.offer) throw new Error('Not offered')
    await issuer.wallet().accept(row.offer)
    // Once more: the old ones gave way already, and the new ones are of no import.
    const again = await run('reissue', { filter: { importId }, reason: 'definition_corrected' })
    expect(again.progress).toMatchObject({ succeeded: 0, refused: 230 })
  })
})

describe('bulk work', () => {
  it('refuses a filter that means everything, an empty reason and unknown members', async () => {
    const attempts = [
      ['offers', { filter: {} }],
      ['offers', {}],
      ['status', { filter: { importId }, status: 'revoked', reason: ' ' }],
      ['reissue', { filter: { importId }, reason: 'because' }],
      ['reissue', { filter: { importId, learner: 'Alva' }, reason: 'data_corrected' }],
    ] as const
    for (const [action, body] of attempts)
      expectProblem(
        await unchanged(issuer, () => writer().post(`/bulk/${action}`, body)),
        400,
        'validation-failed',
      )
  })

  it('does not reach the awards of another organisation', async () => {
    const body = { filter: { awardIds: [first()] }, status: 'revoked', reason: 'Fel' }
    const preview = await writer('other').post('/bulk/status?dryRun=true', body)
    expect(preview.json()).toEqual({ count: 0, refused: [], examples: [] })
    const { id } = (await writer('other').post('/bulk/status', body)).json()
    for (;;) {
      const job = (await writer('other').get(`/jobs/${id}`)).json()
      if (job.finishedAt) break
    }
    expect((await reader().get(`/awards/${first()}`)).json().status).toBe('valid')
  })
})
