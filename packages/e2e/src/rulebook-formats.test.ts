import { expectData } from '@mikromerit/client'
import { learnerExample } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AwardingBody,
  accept,
  anAchievement,
  anAward,
  anAwardingBody,
  ask,
  readReport,
  setStatus,
  show,
  switchOn,
} from './arrange.ts'
import { type Stack, startStack } from './stack.ts'

let stack: Stack
let body: AwardingBody
/** Training that is no formal education. */
let training: string
beforeAll(async () => {
  stack = await startStack()
  body = await anAwardingBody(stack, 'rulebook-formats')
  training = await anAchievement(stack, body.id, { setting: 'non_formal', levels: [] })
  await switchOn(stack, body)
})
afterAll(() => stack?.close())

const newHolder = () => `learner-${crypto.randomUUID()}`

/** What a verifier that knows the type learns of what a holder has, from some of its claims. */
async function showAs(holder: string, vct: string, claims: readonly string[]) {
  const query = {
    id: 'credential',
    format: 'dc+sd-jwt' as const,
    meta: { vct_values: [vct] },
    claims: claims.map((name) => ({ path: [name] })),
  }
  const request = await ask(stack, { dcql: { credentials: [query] } })
  await show(stack, holder, request.authorizationRequest)
  const { report } = await readReport(stack, request.id)
  if (!report) throw new Error('Nothing was reported')
  return report
}

const faultsOf = ({ checks }: { checks: readonly { outcome: string }[] }) =>
  checks.filter(({ outcome }) => outcome !== 'valid')

describe('a course', () => {
  it('is held as VerifiableMicroCredential beside the others, and understood by a verifier', async () => {
    const holder = newHolder()
    const formats = ['sd_jwt_vc', 'webuild_micro_credential'] as const
    const { offer } = await anAward(stack, body, { formats })
    const [primary, other] = await accept(stack, holder, offer)
    expect(other).toMatchObject({
      vct: 'VerifiableMicroCredential',
      title: 'Datadriven affärsutveckling',
      status: { state: 'valid' },
      microCredential: {
        title: primary?.microCredential?.title,
        levels: [
          { framework: 'EQF', level: 6 },
          { framework: 'SeQF', level: 6 },
        ],
        achievementId: primary?.microCredential?.achievementId,
        awardId: primary?.microCredential?.awardId,
      },
    })
    expect(other?.award.credentials).toHaveLength(2)
    const report = await showAs(holder, 'VerifiableMicroCredential', [
      'learningOutcomes',
      'notionalWorkload',
    ])
    expect([report.outcome, faultsOf(report)]).toEqual(['valid', []])
    const [shown] = report.microCredentials
    expect(shown).toMatchObject({
      title: 'Datadriven affärsutveckling',
      issuer: { name: 'Exempeluniversitetet', country: 'SE' },
      workload: { credits: [{ value: 3 }] },
    })
    // Title, issuer and level come along unasked; who the learner is does not.
    expect([shown?.levels?.length, shown?.learner]).toEqual([2, undefined])
  })

  it('is revoked with its award', async () => {
    const holder = newHolder()
    const { id, offer } = await anAward(stack, body, { formats: ['webuild_micro_credential'] })
    await accept(stack, holder, offer)
    const reported = async () => {
      const { outcome, checks } = await showAs(holder, 'VerifiableMicroCredential', ['title'])
      return [outcome, checks.find(({ code }) => code.startsWith('status'))?.outcome]
    }
    for (const [status, outcome] of [
      ['suspended', 'invalid'],
      ['valid', 'valid'],
      ['revoked', 'invalid'],
    ] as const) {
      await setStatus(stack, body, id, status)
      expect(await reported()).toEqual([outcome, outcome])
    }
  })
})

describe('a course that was recorded wrongly', () => {
  it('gives way to its correction in the same format, and the verifier says by what', async () => {
    const holder = newHolder()
    const formats = ['webuild_micro_credential'] as const
    const { id, offer } = await anAward(stack, body, { formats })
    const [old] = await accept(stack, holder, offer)
    const staff = await stack.issuer(body.id)
    const corrected = await expectData(
      staff.POST('/v1/organisations/{organisation}/awards/{award}/corrections', {
        params: { path: { organisation: body.id, award: id } },
        body: {
          ...{ achievementId: body.achievementId, learner: learnerExample },
          ...{
            awardedOn: '2026-06-06',
            reason: 'data_corrected',
            offer: { formats: [...formats] },
          },
        },
      }),
    )
    const wallet = await stack.wallet(holder)
    const { raw } = await expectData(
      wallet.GET('/v1/credentials/{credential}', {
        params: { path: { credential: old?.id ?? '' } },
      }),
    )
    const verifier = await stack.verifier()
    const report = await expectData(
      verifier.POST('/v1/verifications', { body: { credential: raw } }),
    )
    expect(report.outcome).toBe('invalid')
    expect(report.checks).toContainEqual(
      expect.objectContaining({
        code: 'status.replaced',
        evidence: expect.objectContaining({
          replacedBy: expect.objectContaining({ award: `urn:uuid:${corrected.id}` }),
        }),
      }),
    )
    if (!corrected.offer) throw new Error('the correction came without its offer')
    const [renewed] = await accept(stack, holder, corrected.offer)
    expect(renewed).toMatchObject({ vct: 'VerifiableMicroCredential', status: { state: 'valid' } })
  })
})

describe('a skill shown outside formal education', () => {
  it('is held as VerifiableVerifiedSkill with its stage, which the verifier reports', async () => {
    const holder = newHolder()
    const { offer } = await anAward(stack, body, {
      achievementId: training,
      formats: ['webuild_verified_skill'],
      proficiency: 'proficient',
    })
    const [held] = await accept(stack, holder, offer)
    const proficiency = { label: { sv: 'skicklig', en: 'proficient' } }
    expect(held).toMatchObject({
      vct: 'VerifiableVerifiedSkill',
      microCredential: { proficiency, workload: { hours: 80 } },
    })
    const wallet = await stack.wallet(holder)
    const detail = await expectData(
      wallet.GET('/v1/credentials/{credential}', {
        params: { path: { credential: held?.id ?? '' } },
      }),
    )
    const skills = detail.disclosureProfiles.find(({ name }) => name === 'skills')
    expect(skills?.claims.map(({ label }) => label.sv)).toEqual(
      expect.arrayContaining(['Kompetens', 'Omfattning i timmar']),
    )
    const report = await showAs(holder, 'VerifiableVerifiedSkill', ['skillOutcome', 'familyName'])
    expect([report.outcome, faultsOf(report)]).toEqual(['valid', []])
    const [shown] = report.microCredentials
    expect(shown).toMatchObject({ proficiency, learner: { familyName: 'Exempelsson' } })
    expect([shown?.levels, shown?.workload]).toEqual([undefined, undefined])
  })

  it('answers the question that verifiers ask when they do not say what', async () => {
    const holder = newHolder()
    const formats = ['webuild_verified_skill'] as const
    const wish = { achievementId: training, formats, proficiency: 'expert' } as const
    const { offer } = await anAward(stack, body, wish)
    await accept(stack, holder, offer)
    const request = await ask(stack)
    await show(stack, holder, request.authorizationRequest)
    const { report } = await readReport(stack, request.id)
    expect(report?.outcome).toBe('valid')
    expect(report?.microCredentials).toMatchObject([
      { type: 'VerifiableVerifiedSkill', workload: { hours: 80 }, proficiency: expect.any(Object) },
    ])
    expect(report?.microCredentials[0]?.learner).toBeUndefined()
  })
})
