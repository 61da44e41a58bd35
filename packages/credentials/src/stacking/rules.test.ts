import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { definition } from '../../test/stacking-credentials.ts'
import { checkAchievement } from '../domain/check-achievement.ts'
import { achievementExample } from '../domain/examples.ts'
import { findStackingCycle } from './find-cycle.ts'
import { listReferences, type StackingRule, StackingRules } from './rules.ts'

const part = { achievement: definition('a') }
const schema = Compile(StackingRules)

describe('the rules of a definition', () => {
  it('are read as published', () => {
    for (const example of (StackingRules as { examples?: unknown[] }).examples ?? [])
      expect([...schema.Errors(example)]).toEqual([])
    expect(schema.Check({ rule: { all: [{ any: [part] }] } })).toBe(true)
    expect(schema.Check({ rule: { all: [{ any: [{ all: [part] }] }] } })).toBe(false)
    expect(schema.Check({ rule: { achievement: 'no address' } })).toBe(false)
    expect(schema.Check({ rule: { code: 'return true' } })).toBe(false)
  })

  it.for<[string, StackingRule, string]>([
    ['two requirements in one', { ...part, hours: { min: 3 } }, 'error STACK_RULE_UNCLEAR '],
    ['a count without any', { ...part, min: 2 }, 'error STACK_RULE_UNCLEAR '],
    ['alternatives to nothing', { alternatives: [definition('b')] }, 'error STACK_RULE_UNCLEAR '],
    ['more of any than there are', { any: [part], min: 2 }, 'warning STACK_UNREACHABLE /min'],
    [
      'an unknown credit system',
      { credits: { framework: 'points', min: 3 } },
      'error CREDIT_FRAMEWORK_UNKNOWN /credits/framework',
    ],
    [
      'a field that lost its zero',
      { credits: { framework: 'ects', min: 3, from: { fields: ['688'] } } },
      'error ISCED_FORMAT /credits/from/fields/0',
    ],
    ['a fault further down', { all: [part, {}] }, 'error STACK_RULE_UNCLEAR /all/1'],
    ['too many', { all: Array.from({ length: 61 }, () => part) }, 'error STACK_RULES_MANY '],
  ])('are refused or warned of: %s', ([, rule, expected]) => {
    const found = checkAchievement({ ...achievementExample, stackingRules: { rule } })
    const shown = found.map(
      ({ severity, code, pointer }) =>
        `${severity} ${code} ${pointer.replace('/stackingRules/rule', '')}`,
    )
    expect(shown).toContain(expected)
  })

  it('name the definitions they refer to, each once', () => {
    const rule = { all: [part, { ...part, alternatives: [definition('b')] }] }
    expect(listReferences({ rule })).toEqual([definition('a'), definition('b')])
  })
})

describe('findStackingCycle', () => {
  const references = new Map([
    ['a', ['x', 'b']],
    ['b', ['c']],
    ['c', ['a']],
    ['x', ['y']],
    ['y', ['x']],
  ])

  it('finds the way round', () => {
    expect(findStackingCycle('a', references)).toEqual(['a', 'b', 'c', 'a'])
    expect(findStackingCycle('s', new Map([['s', ['s']]]))).toEqual(['s', 's'])
  })

  it('does not lose itself in a circle of others, nor in definitions that nobody knows', () => {
    expect(findStackingCycle('start', new Map([...references, ['start', ['x', 'unknown']]]))).toBe(
      undefined,
    )
  })
})
