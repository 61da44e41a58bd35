import { expectData } from '@mikromerit/client'
import { learnerExample } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AwardingBody, accept, anAchievement, anAward, anAwardingBody } from './arrange.ts'
import { type Stack, startStack } from './stack.ts'

let stack: Stack
let body: AwardingBody
beforeAll(async () => {
  stack = await startStack()
  body = await anAwardingBody(stack, 'holding')
})
afterAll(() => stack?.close())

const newHolder = () => `learner-${crypto.randomUUID()}`

describe('one award', () => {
  it('is shared by a link that the verifier reads', async () => {
    const holder = newHolder()
    const { offer } = await anAward(stack, body)
    const held = await accept(stack, holder, offer)
    const wallet = await stack.wallet(holder)
    const verifier = await stack.verifier()
    // A badge brings no certificate: without an entry in the trust registry nobody vouches for its issuer.
    const certified = held.filter(({ issuerTrust }) => issuerTrust === 'certificate')
    for (const { id } of certified) {
      const { url } = await expectData(
        wallet.POST('/v1/credentials/{credential}/shares', {
          params: { path: { credential: id } },
          body: {},
        }),
      )
      const report = await expectData(
        verifier.POST('/v1/verifications', { body: { credential: url } }),
      )
      expect(report.outcome).toBe('valid')
      expect(report.microCredentials).toHaveLength(1)
    }
  })

  it('counts once in the portfolio, and gives way to what replaced it', async () => {
    const holder = newHolder()
    const { id, offer } = await anAward(stack, body)
    const held = await accept(stack, holder, offer)
    const wallet = await stack.wallet(holder)
    const before = await expectData(wallet.GET('/v1/portfolio'))
    expect(before.verified.awards).toHaveLength(1)
    const staff = await stack.issuer(body.id)
    const corrected = await expectData(
      staff.POST('/v1/organisations/{organisation}/awards/{award}/corrections', {
        params: { path: { organisation: body.id, award: id } },
        body: {
          achievementId: body.achievementId,
          learner: learnerExample,
          awardedOn: '2026-06-06',
          reason: 'data_corrected',
          offer: {},
        },
      }),
    )
    if (!corrected.offer) throw new Error('the correction came without its offer')
    const renewed = await accept(stack, holder, corrected.offer)
    for (const credential of held) {
      const status = await expectData(
        wallet.POST('/v1/credentials/{credential}/status', {
          params: { path: { credential: credential.id } },
        }),
      )
      expect([credential.format, status.state]).toEqual([credential.format, 'replaced'])
      expect(status.replacedBy?.credentials.toSorted()).toEqual(
        renewed.map((one) => one.id).toSorted(),
      )
    }
    const after = await expectData(wallet.GET('/v1/portfolio'))
    expect(after.verified.awards).toMatchObject([{ awardedOn: '2026-06-06' }])
    expect(after.notCounted).toMatchObject([{ state: 'replaced' }])
  })
})

describe('a whole of two parts', () => {
  it('is seen to be half way there, from the catalogue of its provider', async () => {
    const holder = newHolder()
    const { offer } = await anAward(stack, body)
    await accept(stack, holder, offer)
    const part = (id: string) => ({ achievement: `${body.identifier}/achievements/${id}` })
    const whole = await anAchievement(stack, body.id, {
      title: { sv: 'Affärsutvecklare', en: 'Business developer' },
      stackingRules: {
        rule: {
          all: [
            part(body.achievementId),
            { credits: { framework: 'ects', min: 30, from: { fields: ['04'] } } },
          ],
        },
      },
    })
    const wallet = await stack.wallet(holder)
    const definition = `${body.identifier}/achievements/${whole}`
    const progress = await expectData(wallet.POST('/v1/progress', { body: { definition } }))
    expect(progress.result.progress.map(({ isFulfilled }) => isFulfilled)).toEqual([true, false])
    const catalogue = `${stack.services.urls.issuer}/v1/catalogue/${body.id}`
    const listed = await expectData(
      wallet.GET('/v1/progress', { params: { query: { catalogue } } }),
    )
    expect(listed.items.map((item) => item.definition.url)).toEqual([definition])
  })
})
