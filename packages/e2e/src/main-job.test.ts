import { expectData } from '@mikromerit/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accept, anAward, anAwardingBody, ask, readReport, setStatus, show } from './arrange.ts'
import { type Stack, startStack } from './stack.ts'

describe('the main job, over HTTP between three processes', () => {
  let stack: Stack
  let university: Awaited<ReturnType<typeof anAwardingBody>>
  beforeAll(async () => {
    stack = await startStack()
    university = await anAwardingBody(stack, 'exempeluniversitetet')
  })
  afterAll(() => stack?.close())

  it('awards, issues, holds, presents and verifies, disclosing only what was asked', async () => {
    const { offer } = await anAward(stack, university, { txCode: true })
    const [held] = await accept(stack, 'alva', offer)
    expect(held?.title).toBe('Datadriven affärsutveckling')

    const request = await ask(stack)
    await show(stack, 'alva', request.authorizationRequest)
    const { state, report } = await readReport(stack, request.id)

    expect(state).toBe('answered')
    expect(report?.outcome).toBe('valid')
    const [shown] = report?.microCredentials ?? []
    expect(shown?.learningOutcomes?.length).toBeGreaterThan(0)
    // Never asked for, so it never left the wallet.
    expect(shown?.learner).toBeUndefined()
    expect(shown?.result).toBeUndefined()
  })

  it('turns a revoked award invalid, and a suspended one until it is reinstated', async () => {
    const { id, offer } = await anAward(stack, university)
    const holder = 'berit'
    await accept(stack, holder, offer)
    const outcomeNow = async () => {
      const request = await ask(stack)
      await show(stack, holder, request.authorizationRequest)
      const { report } = await readReport(stack, request.id)
      const status = report?.checks.find(({ code }) => code === 'status')
      return [report?.outcome, status?.evidence?.reason]
    }

    expect((await outcomeNow())[0]).toBe('valid')
    await setStatus(stack, university, id, 'suspended')
    expect(await outcomeNow()).toEqual(['invalid', 'suspended'])
    await setStatus(stack, university, id, 'valid')
    expect((await outcomeNow())[0]).toBe('valid')
    await setStatus(stack, university, id, 'revoked')
    expect(await outcomeNow()).toEqual(['invalid', 'revoked'])
  })

  it('says undetermined, not valid, when the status list cannot be reached', async () => {
    const { offer } = await anAward(stack, university)
    await accept(stack, 'cecilia', offer)
    const wallet = await stack.wallet('cecilia')
    const { items } = await expectData(wallet.GET('/v1/credentials', {}))
    const { id: credential = '' } = items.find(({ format }) => format === 'dc+sd-jwt') ?? {}
    const held = await expectData(
      wallet.GET('/v1/credentials/{credential}', { params: { path: { credential } } }),
    )
    const verifier = await stack.verifier()
    const report = await stack.services.whileDown('issuer', () =>
      expectData(verifier.POST('/v1/verifications', { body: { credential: held.raw } })),
    )

    expect(report.outcome).toBe('undetermined')
    const undetermined = report.checks.filter(({ outcome }) => outcome === 'undetermined')
    expect(undetermined.map(({ code }) => code)).toEqual(['status'])
    expect(undetermined[0]?.remedy).toBeDefined()
  })

  it('keeps one award for one source reference, however often it is sent', async () => {
    const reference = 'kursregister-4711'
    const [first, second] = [
      await anAward(stack, university, { sourceReference: reference }),
      await anAward(stack, university, { sourceReference: reference }),
    ]
    expect(second.id).toBe(first.id)
  })

  it('shows nobody the credentials of another holder', async () => {
    const stranger = await stack.wallet('someone-else')
    const { items } = await expectData(stranger.GET('/v1/credentials', {}))
    expect(items).toEqual([])
  })
})
