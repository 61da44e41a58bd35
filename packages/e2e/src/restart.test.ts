import { expectData } from '@mikromerit/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accept, anAward, anAwardingBody, ask, readReport, show } from './arrange.ts'
import { type Stack, startStack } from './stack.ts'

describe('services that are stopped in the middle', () => {
  let stack: Stack
  let university: Awaited<ReturnType<typeof anAwardingBody>>
  beforeAll(async () => {
    stack = await startStack()
    university = await anAwardingBody(stack, 'exempeluniversitetet')
  })
  afterAll(() => stack?.close())

  it('go on where they were: offer, previewed request and answer survive a restart of all three', async () => {
    const { offer } = await anAward(stack, university, { txCode: true })
    await restart('issuer')
    await accept(stack, 'alva', offer)
    await restart('wallet')
    const request = await ask(stack)
    await restart('verifier')
    await show(stack, 'alva', request.authorizationRequest)
    await restart('verifier')
    const { report } = await readReport(stack, request.id)
    expect(report?.outcome).toBe('valid')
  })

  it('issue nothing twice when the issuer is gone while a wallet accepts', async () => {
    const { id, offer } = await anAward(stack, university)
    const wallet = await stack.wallet('berit')
    const preview = await expectData(
      wallet.POST('/v1/offers', { body: { credentialOffer: offer.credentialOfferUri } }),
    )
    const acceptNow = () =>
      wallet.POST('/v1/offers/{offer}/accept', {
        params: { path: { offer: preview.id } },
        body: {},
      })
    const refused = await stack.services.whileDown('issuer', acceptNow)
    expect(refused.response.ok).toBe(false)

    const { credentials } = await expectData(acceptNow())
    expect(credentials.map(({ format }) => format)).toEqual(['dc+sd-jwt', 'vc+jwt', 'vc+jwt'])
    const staff = await stack.issuer(university.id)
    const award = await expectData(
      staff.GET('/v1/organisations/{organisation}/awards/{award}', {
        params: { path: { organisation: university.id, award: id } },
      }),
    )
    expect(award.credentials).toHaveLength(3)
  })

  const restart = (name: 'issuer' | 'wallet' | 'verifier') =>
    stack.services.whileDown(name, async () => undefined)
})
