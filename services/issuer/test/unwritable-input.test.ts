import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import {
  anAchievement,
  anAwardDraft,
  anOrganisation,
  aToken,
  startIssuer,
  type TestIssuer,
} from './support.ts'

let issuer: TestIssuer
let achievementId: string
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  achievementId = (await issuer.given(anAchievement())).id
})
afterAll(() => issuer.close())

const post = (path: string, body: unknown) =>
  issuer.as('ri-se', 'achievements:write awards:write').post(path, body)

describe('what the database cannot hold', () => {
  it.for<[string, string, string]>([
    ['a null character in words to search for', '/v1/catalogue?q=a%00b', '/q'],
    ['a null character in a skill', '/v1/catalogue?skill=%00', '/skill'],
    ['an id with urn:uuid: before it', `/ri-se/replacements/urn:uuid:${newId()}`, '/credential'],
    ['an address with urn:uuid: in it', `/ri-se/achievements/urn:uuid:${newId()}`, '/achievement'],
  ])('is refused to everybody: %s', async ([, url, pointer]) => {
    expectProblem(await issuer.send('GET', url), 400, 'validation-failed', pointer)
  })

  it.for<[string, () => Promise<Parameters<typeof expectProblem>[0]>, string]>([
    [
      'a title with a null character',
      () => post('/achievements', anAchievement({ title: { sv: 'a\0', en: 'b' } }).draft),
      '/title/sv',
    ],
    [
      'a title with half a letter',
      () => post('/achievements', anAchievement({ title: { sv: 'a\ud800', en: 'b' } }).draft),
      '/title/sv',
    ],
    [
      'a name that no file can hold',
      () => {
        const learner = { givenName: 'A\0', familyName: 'B' }
        return post('/awards', anAwardDraft({ achievementId, learner }))
      },
      '/learner/givenName',
    ],
    [
      'a reference that would be stored as another',
      () => post('/awards', anAwardDraft({ achievementId, sourceReference: 'a\ud800' })),
      '/sourceReference',
    ],
    [
      'a day of the year 0',
      () => post('/awards', anAwardDraft({ achievementId, awardedOn: '0000-01-01' })),
      '/awardedOn',
    ],
    [
      'a right from the year 0 on',
      () => {
        const draft = { organisationId: 'other', from: '0000-01-01' }
        return post(`/achievements/${achievementId}/delegations`, draft)
      },
      '/from',
    ],
    [
      'a legal name with half a letter',
      async () => {
        const legalName = { sv: 'a\udc00', en: 'b' }
        const body = anOrganisation({ id: 'new-one', legalName })
        const token = await aToken('organisations:write')
        return issuer.send('POST', '/v1/organisations', { token, body })
      },
      '/legalName/sv',
    ],
  ])('is refused, and nothing written: %s', async ([, send, pointer]) => {
    const from = issuer.logs.length
    expectProblem(await unchanged(issuer, send), 400, 'validation-failed', pointer)
    expect(issuer.logs.slice(from).join('')).not.toContain('request failed')
  })
})
