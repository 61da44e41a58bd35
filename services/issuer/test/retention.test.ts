import { afterAll, beforeAll, expect, it } from 'vitest'
import { anAwardDraft, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

const day = 86_400

it('deletes flow state once it has served its time, in every organisation, and nothing else', async () => {
  for (const organisation of ['ri-se', 'other']) {
    const { offer, achievementId } = await issuer.givenAward({ organisation })
    await issuer.wallet(organisation).accept(offer)
    const headers = { 'idempotency-key': 'retention-0001' }
    const caller = issuer.as(organisation, 'awards:write')
    await caller.post('/awards', anAwardDraft({ achievementId }), headers)
  }
  const count = async () => ({
    nonces: await issuer.count('used_nonces'),
    keys: await issuer.count('idempotency_keys'),
    offers: await issuer.count('offers'),
  })
  await issuer.purge()
  expect(await count()).toEqual({ nonces: 2, keys: 2, offers: 2 })
  issuer.clock.advance(day / 2)
  await issuer.purge()
  expect(await count()).toEqual({ nonces: 0, keys: 2, offers: 2 })
  issuer.clock.advance(day)
  await issuer.purge()
  expect(await count()).toEqual({ nonces: 0, keys: 0, offers: 2 })
  issuer.clock.advance(70 * day)
  await issuer.purge()
  expect(await count()).toEqual({ nonces: 0, keys: 0, offers: 0 })
  expect([await issuer.count('awards'), await issuer.count('credentials')]).toEqual([4, 2])
})
