import { awardExample } from '@mikromerit/credentials'
import { readAwardCsv } from '@mikromerit/exchange'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  for (let count = 0; count < 3; count++) await issuer.givenAward()
})
afterAll(() => issuer.close())

const take = (query: string, organisation = 'ri-se', scope = 'awards:read') =>
  issuer.as(organisation, scope).get(`/awards/export?${query}`)
const linesOf = (body: string) =>
  body
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

describe('GET …/awards/export', () => {
  it('gives each award as a line of JSON, the oldest first', async () => {
    const { statusCode, headers, body } = await take('format=ndjson')
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/x-ndjson'])
    expect(headers['cache-control']).toBe('no-store')
    const lines = linesOf(body)
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatchObject({ status: 'valid', learner: { familyName: 'Exempelsson' } })
    expect(lines.map(({ id }) => id)).toEqual(lines.map(({ id }) => id).sort())
  })

  it('gives a table that an import reads back', async () => {
    const { headers, rawPayload } = await take('format=csv')
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    const [{ achievementId }] = linesOf((await take('format=ndjson')).body)
    const header = rawPayload.toString().split('\r\n')[0]
    expect(header).toContain('Efternamn;Förnamn')
    const asked = new Set<string | undefined>()
    const findAchievement = (code: string | undefined) => {
      asked.add(code)
      return undefined
    }
    const items = readAwardCsv(rawPayload, { findAchievement, today: awardExample.awardedOn })
    for await (const item of items) expect(item.kind).not.toBe('failed')
    expect(asked.has(achievementId)).toBe(true)
  })

  it('keeps to the filters', async () => {
    const [first] = linesOf((await take('format=ndjson')).body)
    await issuer
      .as('ri-se', 'awards:write')
      .post(`/awards/${first.id}/status`, { status: 'suspended', reason: 'granskas' })
    const suspended = linesOf((await take('format=ndjson&status=suspended')).body)
    expect(suspended.map(({ id }) => id)).toEqual([first.id])
    expect((await take('format=ndjson&awardedFrom=2199-01-01')).body).toBe('')
  })

  it('gives nothing of another organisation, and nothing without the scope', async () => {
    expect((await take('format=ndjson', 'other')).body).toBe('')
    expect((await take('format=ndjson', 'ri-se', 'achievements:read')).statusCode).toBe(403)
    const refused = await take('format=xlsx')
    expect(refused.statusCode).toBe(400)
    expect(refused.json().type).toMatch(/\/problems\/validation-failed$/)
  })
})
