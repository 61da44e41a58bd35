import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { aCsvFile, aCsvRow, importFile, type SendOptions, sendFile } from './import-files.ts'
import { anAchievement, aToken, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
let achievementId: string
let address: string
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'], config: { JOB_MAX_OPEN: 2 } })
  achievementId = (await issuer.given(anAchievement())).id
  await importFile(issuer, aCsvFile(aCsvRow()), { query: { achievementId } })
  address = await issuer.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => issuer.close())

const inOwn = (text: string) => issuer.inOrganisation('ri-se', (query) => query(text))
const finishAll = () => inOwn(`UPDATE jobs SET state = 'completed', finished_at = now()`)
beforeEach(finishAll)

/** A job that nobody works on: it never ends. */
async function anOpenJob(state: 'receiving' | 'running', age = '0 seconds'): Promise<string> {
  const id = newId()
  await inOwn(`
    INSERT INTO jobs (organisation_id, id, kind, state, is_dry_run, data_key, parameters, phase, position, findings, created_by, created_at)
    SELECT organisation_id, '${id}', kind, '${state}', is_dry_run, data_key, parameters, phase, position, findings, created_by, now() - interval '${age}'
    FROM jobs LIMIT 1`)
  return id
}

const send = (options: SendOptions = {}) => sendFile(issuer, aCsvFile(aCsvRow()), options)

describe('an organisation', () => {
  it('has so many jobs at a time; what comes beyond leaves nothing', async () => {
    await anOpenJob('running')
    await anOpenJob('receiving')
    await unchanged(issuer, async () => {
      const refused = await send()
      expectProblem(refused, 429, 'too-many-jobs')
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      const draft = { filter: { achievementId }, status: 'suspended', reason: 'Granskas' }
      const bulk = await issuer.as('ri-se', 'awards:write').post('/bulk/status', draft)
      expectProblem(bulk, 429, 'too-many-jobs')
    })
    expect((await send({ organisation: 'other' })).statusCode).toBe(202)
    await finishAll()
    expect((await send()).statusCode).toBe(202)
  })

  it('is not shut out by uploads that broke off with their process', async () => {
    await anOpenJob('receiving', '2 hours')
    await anOpenJob('receiving', '2 hours')
    expect((await send()).statusCode).toBe(202)
  })
})

describe('following jobs', () => {
  const follow = async (id: string, organisation = 'ri-se') => {
    const leaving = new AbortController()
    const response = await fetch(`${address}/v1/organisations/${organisation}/jobs/${id}/events`, {
      headers: { authorization: `Bearer ${await aToken('awards:read', organisation)}` },
      signal: leaving.signal,
    })
    return { response, leave: () => leaving.abort() }
  }

  it('takes so many connections at a time, and gives those back that were closed', async () => {
    const id = await anOpenJob('running')
    const open = await Promise.all(Array.from({ length: 30 }, () => follow(id)))
    expect(open.every(({ response }) => response.status === 200)).toBe(true)
    const refused = await follow(id)
    expect(refused.response.status).toBe(429)
    expect(await refused.response.json()).toMatchObject({
      type: expect.stringMatching(/\/problems\/too-many-followers$/),
    })
    for (const { leave } of open) leave()
    // Without a change of the job to tell.
    await expect
      .poll(async () => {
        const again = await follow(id)
        again.leave()
        return again.response.status
      })
      .toBe(200)
  })
})
