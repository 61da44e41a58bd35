import { createPublicKey, type KeyObject } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { verifySdJwtVc, verifyVcJwt } from '@mikromerit/credentials'
import { decodeJwt } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openSigningPool } from '../src/signing/signing-pool.ts'
import type { SigningTask } from '../src/signing/task.ts'
import { expectProblem, unchanged } from './expectations.ts'
import { aCsvFile, aCsvRow, importFile, jobEnded, rowsOf } from './import-files.ts'
import { setPurposesOf, statusOf } from './published-status.ts'
import { anIdleIssuer, aProcess, closeAll } from './replica-process.ts'
import { anAchievement, aToken, startIssuer, type TestIssuer } from './support.ts'

interface Line {
  readonly award: string
  readonly sourceReference?: string
  readonly format: 'sd_jwt_vc' | 'elm' | 'open_badge'
  readonly credential: string
}

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())
afterEach(closeAll)

type Caller = Pick<TestIssuer, 'as'>
const writer = (replica: Caller = issuer) => replica.as('ri-se', 'awards:write')
const reader = (replica: Caller = issuer) => replica.as('ri-se', 'awards:read')

async function imported(count: number) {
  const { id: achievementId } = await issuer.given(anAchievement())
  const file = aCsvFile(...Array.from({ length: count }, () => aCsvRow()))
  const { job, rows } = await importFile(issuer, file, { query: { achievementId } })
  return { importId: job.id, awardIds: rows.map(({ awardId }) => awardId ?? '') }
}
async function sign(body: object) {
  const response = await writer().post('/bulk/signing', body)
  if (response.statusCode !== 202) throw new Error(response.body)
  return jobEnded(issuer, response.json().id)
}
async function linesOf(job: string, replica: Caller = issuer): Promise<Line[]> {
  const { statusCode, body } = await reader(replica).get(`/jobs/${job}/credentials`)
  if (statusCode !== 200) throw new Error(body)
  return body
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
async function keysOf(replica: Pick<TestIssuer, 'send'> = issuer): Promise<KeyObject[]> {
  const { keys } = (await replica.send('GET', '/ri-se/jwks.json')).json()
  return keys.map((key: object) => createPublicKey({ key, format: 'jwk' }))
}
function verified({ format, credential }: Line, keys: readonly KeyObject[]) {
  const now = issuer.clock.now()
  return keys.some((key) =>
    format === 'sd_jwt_vc'
      ? verifySdJwtVc({ token: credential, key, now }).ok
      : verifyVcJwt({ token: credential, keys: [key], now }).ok,
  )
}
const idOf = ({ credential }: Line) => decodeJwt(credential.split('~')[0] ?? '').jti
const copies = async () =>
  (await issuer.rows('credentials')).filter(({ is_current_copy }) => is_current_copy)

describe('POST …/bulk/signing', () => {
  it('tells what would be signed, and signs nothing', async () => {
    const { importId, awardIds } = await imported(12)
    await writer().post(`/awards/${awardIds[0]}/status`, { status: 'revoked', reason: 'Fel' })
    const body = { filter: { importId } }
    const response = await unchanged(issuer, () => writer().post('/bulk/signing?dryRun=true', body))
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      count: 12,
      refused: [{ code: 'award-not-valid', count: 1 }],
    })
  })

  it('signs each valid award in each format, and says why others were passed over', async () => {
    const { importId, awardIds } = await imported(230)
    await writer().post(`/awards/${awardIds[0]}/status`, { status: 'revoked', reason: 'Fel' })
    await writer().delete(`/awards/${awardIds[1]}/learner`)
    const before = await issuer.count('credentials')
    const job = await sign({ filter: { importId } })
    expect(job).toMatchObject({
      kind: 'signing',
      state: 'completed',
      progress: { total: 230, done: 230, succeeded: 228, refused: 2 },
    })
    expect(await issuer.count('credentials')).toBe(before + 3 * 228)
    expect((await rowsOf(issuer, job.id)).slice(0, 3)).toMatchObject([
      { number: 1, outcome: 'refused', code: 'award-not-valid' },
      { number: 2, outcome: 'refused', code: 'award-erased' },
      { number: 3, outcome: 'done', awardId: awardIds[2] },
    ])
    const lines = await linesOf(job.id)
    expect(lines).toHaveLength(3 * 228)
    expect(new Set(lines.map((line) => `${line.award} ${line.format}`)).size).toBe(3 * 228)
    expect(new Set(lines.map(idOf)).size).toBe(3 * 228)
    const keys = await keysOf()
    expect(lines.filter((line) => !verified(line, keys))).toEqual([])
    const [row] = (await issuer.rows('awards')).filter(({ id }) => id === lines[0]?.award)
    expect(lines[0]?.sourceReference).toBe(row?.source_reference)
  })

  it('gives copies whose status follows the award', async () => {
    const { importId, awardIds } = await imported(1)
    const lines = await linesOf((await sign({ filter: { importId } })).id)
    const credentialOf = (format: string) =>
      lines.find((line) => line.format === format)?.credential ?? ''
    expect(await statusOf(issuer, credentialOf('sd_jwt_vc'))).toBe(0)
    await writer().post(`/awards/${awardIds[0]}/status`, { status: 'revoked', reason: 'Fel' })
    expect(await statusOf(issuer, credentialOf('sd_jwt_vc'))).toBe(1)
    expect(await setPurposesOf(issuer, credentialOf('elm'))).toEqual(['revocation'])
    expect(await setPurposesOf(issuer, credentialOf('open_badge'))).toEqual(['suspension'])
  })

  it('signs the one copy of a kind that an award has, again and beside exports', async () => {
    const { importId, awardIds } = await imported(3)
    const formats = ['elm', 'open_badge']
    const exported = awardIds.map((id) => reader().get(`/awards/${id}/export?format=elm`))
    const [first, second, ...answers] = await Promise.all([
      sign({ filter: { importId }, formats }),
      sign({ filter: { importId }, formats }),
      ...exported,
    ])
    const again = await sign({ filter: { importId }, formats })
    expect(again.progress).toMatchObject({ unchanged: 3, succeeded: 0 })
    const ids = async (job: string) => (await linesOf(job)).map(idOf)
    expect(await ids(second?.id ?? '')).toEqual(await ids(first?.id ?? ''))
    expect(await ids(again.id)).toEqual(await ids(first?.id ?? ''))
    for (const { body } of answers) expect(await ids(again.id)).toContain(decodeJwt(body).jti)
    const mine = (await copies()).filter(({ award_id }) => awardIds.includes(String(award_id)))
    expect(mine).toHaveLength(6)
  })

  it('signs nothing of a competence that has lapsed', async () => {
    const draft = { validUntil: '2026-06-30' }
    const { id } = await issuer.givenAward({ draft })
    const job = await sign({ filter: { awardIds: [id] } })
    expect(await rowsOf(issuer, job.id)).toMatchObject([
      { outcome: 'refused', code: 'award-lapsed' },
    ])
    expect(await linesOf(job.id)).toEqual([])
    expect((await copies()).filter(({ award_id }) => award_id === id)).toEqual([])
  })

  it('refuses formats that are not signed like this, and a filter that means everything', async () => {
    const { importId } = await imported(1)
    for (const body of [
      { filter: {} },
      { filter: { importId }, formats: [] },
      { filter: { importId }, formats: ['pdf'] },
      { filter: { importId }, formats: ['elm', 'elm'] },
    ])
      expectProblem(
        await unchanged(issuer, () => writer().post('/bulk/signing', body)),
        400,
        'validation-failed',
      )
  })

  it('does not reach the awards, nor the credentials, of another organisation', async () => {
    const { importId } = await imported(2)
    const other = issuer.as('other', 'awards:write awards:read')
    const preview = await other.post('/bulk/signing?dryRun=true', { filter: { importId } })
    expect(preview.json()).toEqual({ count: 0, refused: [], examples: [] })
    const job = await sign({ filter: { importId } })
    const response = await unchanged(issuer, () => other.get(`/jobs/${job.id}/credentials`))
    expectProblem(response, 404, 'job-not-found')
    const seen = await issuer.inOrganisation('other', (query) =>
      query('SELECT * FROM job_credentials'),
    )
    expect(seen).toEqual([])
  })

  it('answers other requests while it signs', async () => {
    const { importId } = await imported(300)
    const body = { filter: { importId }, formats: ['elm'] }
    const { id } = (await writer().post('/bulk/signing', body)).json()
    let answered = 0
    while (!(await reader().get(`/jobs/${id}`)).json().finishedAt) {
      expect((await issuer.send('GET', '/livez')).statusCode).toBe(200)
      answered++
    }
    // Three steps: signed where requests are answered, there would be room between them only.
    expect(answered).toBeGreaterThan(30)
  })
})

describe('GET …/jobs/{job}/credentials', () => {
  it('is kept by nobody on the way, and holds nothing of who was erased since', async () => {
    const { importId, awardIds } = await imported(2)
    const job = await sign({ filter: { importId }, formats: ['sd_jwt_vc'] })
    const { headers } = await reader().get(`/jobs/${job.id}/credentials`)
    expect(headers['content-type']).toBe('application/x-ndjson')
    expect(headers['cache-control']).toBe('no-store')
    await writer().delete(`/awards/${awardIds[0]}/learner`)
    expect((await linesOf(job.id)).map(({ award }) => award)).toEqual([awardIds[1]])
  })

  it('says that a job of another kind signs nothing', async () => {
    const { importId } = await imported(1)
    const response = await reader().get(`/jobs/${importId}/credentials`)
    expectProblem(response, 404, 'job-without-credentials')
  })
})

describe('a signing job', () => {
  it('whose process is killed is gone on with, and nothing is signed twice or left out', async () => {
    const { issuer: idle, achievementId } = await anIdleIssuer()
    const count = 600
    const second = await idle.another()
    const file = aCsvFile(...Array.from({ length: count }, () => aCsvRow()))
    const { job } = await importFile(second, file, { query: { achievementId } })
    await second.app.close()
    const first = await aProcess(idle)
    const response = await fetch(`${first.url}/v1/organisations/ri-se/bulk/signing`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await aToken('awards:write', 'ri-se')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ filter: { importId: job.id }, formats: ['sd_jwt_vc', 'elm'] }),
    })
    // The service answers with the job.
    const { id } = (await response.json()) as { id: string }
    while ((await idle.count('credentials')) === 0) await setTimeout(5)
    first.process.kill('SIGKILL')
    expect(await idle.count('credentials')).toBeLessThan(2 * count)

    const third = await idle.another()
    const unfinished = await reader(third).get(`/jobs/${id}/credentials`)
    expectProblem(unfinished, 409, 'job-not-finished')
    const ended = await jobEnded(third, id)
    expect(ended).toMatchObject({
      state: 'completed',
      progress: { total: count, succeeded: count, unchanged: 0, refused: 0 },
    })
    expect(await idle.count('credentials')).toBe(2 * count)
    const lines = await linesOf(id, third)
    expect(new Set(lines.map((line) => `${line.award} ${line.format}`)).size).toBe(2 * count)
    const recorded = new Set((await idle.rows('credentials')).map((row) => `urn:uuid:${row.id}`))
    expect(lines.filter((line) => !recorded.has(idOf(line) ?? ''))).toEqual([])
  })

  it('whose thread fails is tried again from its last step, and says so in the log', async () => {
    const { importId, awardIds } = await imported(3)
    const [broken = ''] = awardIds
    await issuer.breakSeal(broken)
    const before = await copies()
    const { id } = (await writer().post('/bulk/signing', { filter: { importId } })).json()
    const stopped = () => issuer.logs.filter((line) => line.includes('a job stopped'))
    while (!stopped().some((line) => line.includes(id))) await setTimeout(20)
    expect(stopped().join()).toContain('SealError')
    expect((await reader().get(`/jobs/${id}`)).json()).toMatchObject({ progress: { done: 0 } })
    expect(await copies()).toEqual(before)
    // The same damage once more undoes it.
    await issuer.breakSeal(broken)
    expect(await jobEnded(issuer, id)).toMatchObject({ state: 'completed' })
    expect(await copies()).toHaveLength(before.length + 9)
  })
})

describe('a pool of signing threads', () => {
  const poolOf = (source: string, limitMs = 60_000) =>
    openSigningPool({
      ...{ vault: { DATA_DIR: '.' }, publicUrl: 'http://localhost', lifetimeDays: 1, limitMs },
      script: new URL(`data:text/javascript,${encodeURIComponent(source)}`),
    })
  // What the task is does not matter to threads that never look.
  const task = {} as SigningTask

  it.each([
    ['ends', 'setTimeout(() => process.exit(1), 20)', /ended/],
    ['throws', 'setTimeout(() => { throw new Error("x") }, 20)', /failed/],
    ['is silent', 'setInterval(() => {}, 1000)', /did not answer in time/],
    [
      'outgrows its memory',
      'const all = []; for (;;) all.push(new Array(1e5).fill(1.5))',
      /failed/,
    ],
  ])('refuses its tasks when one %s', async (_, source, message) => {
    const pool = poolOf(source, source.includes('setInterval') ? 100 : undefined)
    await expect(Promise.race([pool.sign(task), pool.sign(task)])).rejects.toThrow(message)
    await expect(pool.sign(task)).rejects.toThrow(message)
    await pool.close()
  })
})
