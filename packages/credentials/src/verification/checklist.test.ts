import { describe, expect, it } from 'vitest'
import { type CheckResult, createChecklist, valid } from './checklist.ts'
import { type Outcome, worstOutcome } from './report.ts'

const outcomeOf = async (check: () => unknown) => {
  const checklist = createChecklist()
  // Mistakes that the types would not let through.
  await checklist.run('status', check as () => CheckResult)
  return checklist.checks.map(({ outcome, evidence }) => `${outcome} ${evidence?.reason}`)
}

describe('a check', () => {
  it.each<[string, () => unknown]>([
    ['throws', () => JSON.parse('{')],
    ['throws no error', () => Promise.reject('secret')],
    ['answers nothing', () => undefined],
    ['answers false instead of throwing', () => false],
    ['answers true', () => true],
    ['answers with another word', () => ({ outcome: 'ok', reason: 'status_valid' })],
  ])('that %s is undetermined (V-30)', async (_what, check) => {
    expect(await outcomeOf(check)).toEqual(['undetermined check_failed'])
  })

  it('is not valid any more once the checklist is distrusted', async () => {
    const checklist = createChecklist()
    await checklist.run('format', () => valid('format_valid'))
    checklist.distrust()
    await checklist.run('type', () => valid('type_accepted'))
    expect(checklist.checks.map(({ outcome }) => outcome)).toEqual(['valid', 'undetermined'])
  })
})

describe('worstOutcome', () => {
  it('is that of the worst check, in any order', () => {
    const worst = (...found: Outcome[]) => worstOutcome(found.map((outcome) => ({ outcome })))
    expect(worst('valid', 'valid')).toBe('valid')
    expect(worst('valid', 'undetermined')).toBe('undetermined')
    expect(worst('undetermined', 'invalid', 'valid')).toBe('invalid')
    expect(worst('invalid', 'undetermined')).toBe('invalid')
  })

  it('is undetermined when nothing was checked', () => {
    expect(worstOutcome([])).toBe('undetermined')
  })
})
