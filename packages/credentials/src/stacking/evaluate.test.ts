import { describe, expect, it } from 'vitest'
import { aStackingCredential as credential, definition } from '../../test/stacking-credentials.ts'
import type { StackingCredential } from './credential.ts'
import { evaluateStacking } from './evaluate.ts'
import type { StackingRule, StackingRules } from './rules.ts'

const today = '2026-11-25'
const part = (name: string) => ({ achievement: definition(name) })
const ects = (min: number) => ({ credits: { framework: 'ects', min } })
const evaluate = (rules: StackingRules, ...credentials: StackingCredential[]) =>
  evaluateStacking(rules, credentials, today)
const codes = ({ missing }: ReturnType<typeof evaluateStacking>) => missing.map(({ code }) => code)

describe('evaluateStacking', () => {
  it('finds required parts of any provider, and says which credential counts for what', () => {
    const result = evaluate(
      { rule: { all: [part('a'), part('b')] } },
      credential('b'),
      credential('a'),
    )
    expect(result).toMatchObject({ outcome: 'fulfilled', missing: [], unused: [] })
    expect(result.used).toEqual([
      { credential: 'a', pointer: '/rule/all/0' },
      { credential: 'b', pointer: '/rule/all/1' },
    ])
  })

  it('names what is missing, in both languages', () => {
    const result = evaluate({ rule: { all: [part('a'), part('b')] } }, credential('a'))
    expect(result).toMatchObject({
      outcome: 'missing',
      missing: [
        {
          code: 'STACK_NOT_HELD',
          message: { sv: 'Den delen har inte visats.', en: 'This part was not shown.' },
        },
      ],
    })
    expect(result.progress.map(({ isFulfilled }) => isFulfilled)).toEqual([true, false])
  })

  it('takes an alternative in place of the definition named', () => {
    const rule = { ...part('a'), alternatives: [definition('old-a')] }
    expect(evaluate({ rule }, credential('old-a')).outcome).toBe('fulfilled')
  })

  it('is content with so many of any as the rule demands, and does not miss the others', () => {
    const rule = { any: [part('a'), part('b'), part('c')], min: 2 }
    expect(evaluate({ rule }, credential('a'), credential('c')).outcome).toBe('fulfilled')
    const all = { all: [rule, part('d')] }
    expect(codes(evaluate({ rule: all }, credential('a'), credential('c')))).toEqual([
      'STACK_NOT_HELD',
    ])
  })

  it('adds credits of one system exactly, never those of another', () => {
    const rule = ects(0.3)
    const small = (id: string) => credential(id, { credits: 0.1 })
    expect(evaluate({ rule }, small('a'), small('b'), small('c')).outcome).toBe('fulfilled')
    const yh = { credits: { framework: 'yhp', min: 5 } }
    const result = evaluate({ rule: yh }, credential('a', { credits: 50 }))
    expect(codes(result)).toEqual(['STACK_CREDITS_SHORT'])
  })

  it('counts an award once, in whatever formats it was shown', () => {
    const twice = credential('a-elm', { shown: { awardId: 'urn:uuid:a' } })
    const result = evaluate({ rule: ects(6) }, credential('a'), twice)
    expect(result).toMatchObject({ outcome: 'missing', progress: [{ have: 3, need: 6 }] })
  })

  it('counts no award for a part and for a sum', () => {
    const rule = { all: [part('a'), ects(3)] }
    const result = evaluate({ rule }, credential('a'))
    expect(codes(result)).toEqual(['STACK_ALREADY_USED', 'STACK_CREDITS_SHORT'])
    expect(evaluate({ rule }, credential('a'), credential('b')).outcome).toBe('fulfilled')
  })

  it('finds the one distribution that works, though the first choice does not', () => {
    const either = { ...part('a'), alternatives: [definition('b')] }
    const rule = { all: [either, part('a')] }
    expect(evaluate({ rule }, credential('a'), credential('b')).outcome).toBe('fulfilled')
  })

  it('does not count a composite and a part it was built of together', () => {
    const components = [{ awardId: 'urn:uuid:a' }]
    const whole = credential('whole', { credits: 6, shown: { components } })
    expect(evaluate({ rule: ects(9) }, whole, credential('a')).outcome).toBe('missing')
    expect(evaluate({ rule: ects(9) }, whole, credential('b')).outcome).toBe('fulfilled')
  })

  it('counts hours and skills by themselves', () => {
    const skill = 'http://data.europa.eu/esco/skill/1'
    const skilled = credential('a', { shown: { skills: [{ uri: skill }] } })
    expect(evaluate({ rule: { outcomes: { cover: [skill] } } }, skilled).outcome).toBe('fulfilled')
    expect(codes(evaluate({ rule: { outcomes: { cover: [skill] } } }, credential('b')))).toEqual([
      'STACK_OUTCOMES_SHORT',
    ])
    expect(evaluate({ rule: { hours: { min: 81 } } }, credential('a')).outcome).toBe('fulfilled')
    expect(codes(evaluate({ rule: { hours: { min: 82 } } }, credential('a')))).toEqual([
      'STACK_HOURS_SHORT',
    ])
  })

  it('lets only what passes the filter into a sum', () => {
    const field = { uri: 'http://data.europa.eu/snb/isced-f/0613' }
    const inField = credential('a', { shown: { fields: [field] } })
    const from = { fields: ['06'], level: { framework: 'SeQF', min: 6 } }
    const rule = { credits: { framework: 'ects', min: 3, from } }
    expect(evaluate({ rule }, inField).outcome).toBe('fulfilled')
    expect(evaluate({ rule }, credential('b')).outcome).toBe('missing')
    const low = credential('a', { level: 5, shown: { fields: [field] } })
    expect(codes(evaluate({ rule }, low))).toContain('STACK_LEVEL_LOW')
  })

  it.for<[string, StackingRules['constraints'], StackingCredential, string]>([
    ['revoked', {}, credential('a', { outcome: 'invalid', status: 'revoked' }), 'STACK_REVOKED'],
    [
      'suspended',
      {},
      credential('a', { outcome: 'invalid', status: 'suspended' }),
      'STACK_SUSPENDED',
    ],
    ['invalid', {}, credential('a', { outcome: 'invalid' }), 'STACK_INVALID'],
    ['unchecked', {}, credential('a', { outcome: 'undetermined' }), 'STACK_UNDETERMINED'],
    ['too old', { maxAge: 'P5M19D' }, credential('a'), 'STACK_TOO_OLD'],
    ['without a date', { maxAge: 'P5Y' }, undated(), 'STACK_DATE_UNKNOWN'],
    ['lapsed', {}, credential('a', { shown: { validUntil: '2026-11-24' } }), 'STACK_EXPIRED'],
    [
      'below the floor',
      { levelFloor: { framework: 'EQF', min: 7 } },
      credential('a'),
      'STACK_LEVEL_LOW',
    ],
    [
      'of unknown level',
      { levelFloor: { framework: 'EQF', min: 6 } },
      credential('a', { shown: { levels: [] } }),
      'STACK_LEVEL_UNKNOWN',
    ],
  ])('does not count a credential that is %s, and says so', ([, constraints = {}, given, code]) => {
    const result = evaluate({ rule: part('a'), constraints }, given)
    expect(result.outcome).toBe('missing')
    expect(result.excluded).toMatchObject([{ code, credential: 'a' }])
    expect(codes(result)).toContain(code)
  })

  it('measures age from the award to the day of the evaluation', () => {
    const constraints = { maxAge: 'P5M20D' }
    const young = credential('a', { shown: { awardedOn: '2026-06-05' } })
    const at = (day: string) =>
      evaluateStacking({ rule: part('a'), constraints }, [young], day).outcome
    expect([at('2026-11-25'), at('2026-11-26')]).toEqual(['fulfilled', 'missing'])
  })

  it('adds further credentials to a sum when the parts must come from several awarding bodies', () => {
    const rules = { rule: ects(3), constraints: { distinctAwardingBodies: 2 } }
    expect(codes(evaluate(rules, credential('a')))).toEqual(['STACK_NOT_DISTINCT'])
    const other = credential('b', { body: 'Annan skola', credits: 1 })
    const result = evaluate(rules, credential('a'), credential('c'), other)
    expect(result.outcome).toBe('fulfilled')
    expect(result.used.map(({ credential }) => credential)).toContain('b')
  })

  it('demands so many credits of all parts together', () => {
    const rule = { any: [part('a'), part('b')] }
    const rules = { rule, constraints: { credits: { framework: 'ects', min: 5 } } }
    expect(codes(evaluate(rules, credential('a')))).toEqual(['STACK_CREDITS_SHORT'])
    expect(evaluate(rules, credential('a'), credential('b')).outcome).toBe('fulfilled')
  })

  it('gives up on a set too large to decide, and never calls it fulfilled', () => {
    const many = Array.from({ length: 60 }, (_, at) => credential(`c${at}`, { credits: 2 }))
    const rule = { all: Array.from({ length: 30 }, () => ects(4.5)) }
    expect(codes(evaluate({ rule }, ...many))).toEqual(['STACK_TOO_COMPLEX'])
  })

  it.for<[string, StackingRule]>([
    ['more of any than there are', { any: Array.from({ length: 29 }, () => ects(1)), min: 30 }],
    [
      'that beside many others',
      {
        all: [
          { any: Array.from({ length: 30 }, () => ects(1)), min: 15 },
          { any: [ects(1)], min: 2 },
        ],
      },
    ],
    [
      'parts that cannot be reached themselves',
      {
        any: Array.from({ length: 30 }, () => ({ any: [ects(1)], min: 2 })),
        min: 15,
      },
    ],
  ])('says at once that rules are missing something when they demand %s', ([, rule]) => {
    expect(evaluate({ rule }, credential('a')).outcome).toBe('missing')
  })

  it('passes over a part that cannot be reached when others are enough', () => {
    const rule = { any: [{ any: [part('a')], min: 2 }, part('b')] }
    expect(evaluate({ rule }, credential('b')).outcome).toBe('fulfilled')
  })

  it.each([
    ['of another origin', 'https://other.example/university'],
    ['without an address', 'did:example:university'],
    ['that is not named', undefined],
  ])('does not take the word of an issuer %s for a definition', (_, identifier) => {
    const issuer = { name: 'Exempeluniversitetet', ...(identifier && { identifier }) }
    const forged = credential('a', { shown: { issuer } })
    const named = evaluate({ rule: { achievement: definition('a') } }, forged)
    expect([named.outcome, ...codes(named)]).toEqual([
      'missing',
      'STACK_DEFINITION_FOREIGN',
      'STACK_NOT_HELD',
    ])
    const from = { achievements: [definition('a')] }
    const summed = evaluate({ rule: { credits: { framework: 'ects', min: 3, from } } }, forged)
    expect(codes(summed)).toContain('STACK_DEFINITION_FOREIGN')
  })
})

function undated(): StackingCredential {
  const { microCredential, ...rest } = credential('a')
  const { awardedOn: _, ...shown } = microCredential
  return { ...rest, microCredential: shown }
}
