import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStackingCredential, definition } from '../../test/stacking-credentials.ts'
import type { StackingCredential } from './credential.ts'
import { evaluateStacking } from './evaluate.ts'
import type { StackingRule, StackingRules } from './rules.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const name = fc.constantFrom(...names)

const leaf: fc.Arbitrary<StackingRule> = fc.oneof(
  name.map((one) => ({ achievement: definition(one) })),
  fc.tuple(name, name).map(([one, other]) => ({
    achievement: definition(one),
    alternatives: [definition(other)],
  })),
  fc.integer({ min: 1, max: 12 }).map((min) => ({ credits: { framework: 'ects', min: min / 2 } })),
)
const group = (rule: fc.Arbitrary<StackingRule>): fc.Arbitrary<StackingRule> =>
  fc.oneof(
    rule,
    fc.array(rule, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc
      .array(rule, { minLength: 1, maxLength: 3 })
      .chain((any) => fc.integer({ min: 1, max: any.length }).map((min) => ({ any, min }))),
  )
const rules: fc.Arbitrary<StackingRules> = fc.record({
  rule: group(group(leaf)),
  constraints: fc.record(
    {
      maxAge: fc.constant('P1Y'),
      levelFloor: fc.constant({ framework: 'EQF', min: 5 }),
      distinctAwardingBodies: fc.constant(2),
      credits: fc.constant({ framework: 'ects', min: 4 }),
    },
    { requiredKeys: [] },
  ),
})

const credential: fc.Arbitrary<Omit<StackingCredential, 'id'>> = fc
  .record({
    name,
    credits: fc.integer({ min: 1, max: 8 }).map((half) => half / 2),
    level: fc.integer({ min: 4, max: 7 }),
    body: fc.constantFrom('Ett universitet', 'En högskola', 'Ett företag'),
    awardedOn: fc.constantFrom('2024-01-31', '2026-01-31', '2026-06-05'),
    outcome: fc.constantFrom('valid', 'valid', 'valid', 'invalid', 'undetermined'),
    part: fc.option(name, { nil: undefined, freq: 4 }),
  })
  .map(({ name, awardedOn, part, ...wish }) =>
    aStackingCredential(name, {
      ...wish,
      shown: { awardedOn, ...(part && { components: [{ awardId: `urn:uuid:1-${part}` }] }) },
    }),
  )
/** Each an award of its own, of definitions that repeat. */
const credentials = fc.array(credential, { maxLength: 7 }).map((list) =>
  list.map((one, at) => ({
    ...one,
    id: `${at}`,
    microCredential: {
      ...one.microCredential,
      awardId: `urn:uuid:${at}-${one.microCredential.title}`,
    },
  })),
)
const today = '2026-11-25'
const runs = { numRuns: 300 }

describe('evaluateStacking, whatever the rules and credentials', () => {
  it('never turns fulfilled into missing for a credential more', () => {
    fc.assert(
      fc.property(rules, credentials, fc.nat(), (given, all, pick) => {
        fc.pre(all.length > 0)
        const fewer = all.filter((_, at) => at !== pick % all.length)
        fc.pre(evaluateStacking(given, fewer, today).outcome === 'fulfilled')
        expect(evaluateStacking(given, all, today).outcome).toBe('fulfilled')
      }),
      runs,
    )
  })

  it('answers the same in whatever order the credentials come', () => {
    fc.assert(
      fc.property(rules, credentials, (given, all) => {
        const turned = [...all].reverse()
        expect(evaluateStacking(given, turned, today)).toEqual(evaluateStacking(given, all, today))
      }),
      runs,
    )
  })

  it('uses every award once, only valid ones, and never a whole with its part', () => {
    fc.assert(
      fc.property(rules, credentials, (given, all) => {
        const { used, outcome } = evaluateStacking(given, all, today)
        const ids = used.map(({ credential }) => credential)
        expect(new Set(ids).size).toBe(ids.length)
        const chosen = all.filter(({ id }) => ids.includes(id))
        expect(chosen.every((one) => one.outcome === 'valid')).toBe(true)
        const awards = new Set(chosen.map(({ microCredential }) => microCredential.awardId))
        const parts = chosen.flatMap(({ microCredential }) => microCredential.components ?? [])
        if (outcome === 'fulfilled')
          for (const { awardId } of parts) {
            const own = chosen.filter(({ microCredential }) =>
              microCredential.components?.some((one) => one.awardId === awardId),
            )
            const isOwnPart = own.some(({ microCredential }) => microCredential.awardId === awardId)
            expect(awardId !== undefined && awards.has(awardId) && !isOwnPart).toBe(false)
          }
      }),
      runs,
    )
  })

  it('names a reason whenever something is missing, and none otherwise', () => {
    fc.assert(
      fc.property(rules, credentials, (given, all) => {
        const { outcome, missing } = evaluateStacking(given, all, today)
        expect(missing.length > 0).toBe(outcome === 'missing')
      }),
      runs,
    )
  })
})
