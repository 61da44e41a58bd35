import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { anAwardDraft, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
let achievementId: string
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  achievementId = (await issuer.givenAward()).achievementId
})
afterAll(() => issuer.close())

const attempt = (changes: object, organisation = 'ri-se') =>
  unchanged(issuer, () =>
    issuer
      .as(organisation, 'awards:write')
      .post('/awards?dryRun=true', { ...anAwardDraft({ achievementId }), ...changes }),
  )

describe('POST …/awards?dryRun=true', () => {
  it('shows what would be signed in each format, with what it cannot carry, and records nothing', async () => {
    const response = await attempt({})
    expect(response.statusCode).toBe(200)
    const { previews, findings } = response.json()
    expect(findings.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual(
      [],
    )
    const formats = previews.map(({ format }: { format: string }) => format)
    expect(formats).toEqual(['sd_jwt_vc', 'elm', 'open_badge'])
    expect(previews[0].payload).toMatchObject({
      iss: expect.stringMatching(/\/ri-se$/),
      family_name: 'Exempelsson',
    })
    expect(JSON.stringify(previews)).not.toContain('eyJ')
  })

  it('shows the formats that are to be offered', async () => {
    const { previews } = (await attempt({ offer: { formats: ['elm'] } })).json()
    expect(previews.map(({ format }: { format: string }) => format)).toEqual(['elm'])
  })

  it('says all that is wrong instead of refusing it', async () => {
    const response = await attempt({ awardedOn: '2999-01-01' })
    expect(response.statusCode).toBe(200)
    const { findings, previews } = response.json()
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'DATE_FUTURE', severity: 'error', pointer: '/awardedOn' }),
    )
    expect(previews).toEqual([])
  })

  it('says that a definition is closed', async () => {
    const closed = (await issuer.givenAward()).achievementId
    await issuer.as('ri-se', 'achievements:write').post(`/achievements/${closed}/archive`)
    expect((await attempt({ achievementId: closed })).json().refusal).toBe('achievement-archived')
  })

  it('tries nothing with another organisation’s definition', async () => {
    expectProblem(await attempt({}, 'other'), 403, 'not-delegated')
  })
})
