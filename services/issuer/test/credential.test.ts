import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.close())

describe('the whole flow', () => {
  it('ends with a credential', async () => {
    const award = await issuer.givenAward({ offer: { txCode: true } })
    const { response, credential } = await issuer.wallet().accept(award.offer)
    expect([response.statusCode, response.body]).toEqual([200, expect.anything()])
    expect(credential).toContain('~')
  })
})
