import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

const store = (settings: unknown, organisation = 'ri-se') =>
  issuer.as(organisation, 'organisations:write').put('/settings', settings)
const read = () => issuer.as('ri-se', 'organisations:read').get('/settings')

async function categoriesOf() {
  const { offer } = await issuer.givenAward()
  const { credential } = await issuer.wallet().accept(offer)
  const { category, attestation_legal_category } = decodeJwt(credential.split('~')[0] ?? '')
  return [category, attestation_legal_category]
}

describe('the legal category of an organisation’s credentials', () => {
  it('is that of a non-qualified attestation until the organisation decides', async () => {
    expect((await read()).json()).toEqual({})
    expect(await categoriesOf()).toEqual(['eaa:eu:non-qualified', undefined])
  })

  it('is written as the organisation has decided, under the names it chose', async () => {
    const settings = {
      legalCategory: {
        value: 'public_body',
        claims: ['category', 'attestation_legal_category'],
      },
    }
    expect((await store(settings)).json()).toEqual(settings)
    expect((await read()).json()).toEqual(settings)
    expect(await categoriesOf()).toEqual(['eaa:eu:pub', 'PuB-EAA'])
    const alone = { legalCategory: { value: 'qualified', claims: ['attestation_legal_category'] } }
    await store(alone)
    expect(await categoriesOf()).toEqual([undefined, 'QEAA'])
    expect((await store({})).json()).toEqual({})
    expect(await categoriesOf()).toEqual(['eaa:eu:non-qualified', undefined])
  })

  it.each([
    { legalCategory: { value: 'royal', claims: ['category'] } },
    { legalCategory: { value: 'qualified', claims: [] } },
    { unknown: 1 },
  ])('is not %j', async (settings) => {
    const response = await unchanged(issuer, () => store(settings))
    expectProblem(response, 400, 'validation-failed')
  })
})
