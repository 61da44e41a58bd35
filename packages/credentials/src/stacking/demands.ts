import { findFieldOfEducation } from '../code-lists/fields-of-education.ts'
import { type Candidate, foldName, readCredits, readHours, readSkills } from './candidates.ts'
import { hundredths } from './credential.ts'
import { compareLevel } from './measures.ts'
import { namesOwnDefinition } from './own-definition.ts'
import type { StackingCode } from './reasons.ts'
import {
  namedDefinitions,
  type StackingFilter,
  type StackingRequirement,
  type StackingRule,
} from './rules.ts'

/** A requirement made countable: candidates bring amounts until enough is there. */
export interface Demand {
  readonly pointer: string
  /** One candidate is enough, or amounts are added up. */
  readonly kind: 'part' | 'sum'
  /** In units of `scale`. */
  readonly need: number
  readonly scale: number
  /** What candidates bring together. */
  amount(candidates: readonly Candidate[]): number
  /** Why a candidate brings nothing; undefined when it brings something. */
  refuse(candidate: Candidate): StackingCode | undefined
  /** What is said when nothing better explains that too little is there. */
  readonly shortage: StackingCode
}

export function toDemand({ pointer, rule }: StackingRequirement): Demand {
  const { credits, hours, outcomes } = rule
  if (credits) {
    const { framework, min, from } = credits
    return sum(pointer, min, {
      amount: (candidate) => readCredits(candidate, framework),
      missing: 'STACK_WRONG_FRAMEWORK',
      shortage: 'STACK_CREDITS_SHORT',
      from,
    })
  }
  if (hours) {
    const missing = 'STACK_WRONG_FRAMEWORK'
    const shortage = 'STACK_HOURS_SHORT'
    return sum(pointer, hours.min, { amount: readHours, missing, shortage, from: hours.from })
  }
  return outcomes ? cover(pointer, outcomes) : part(pointer, rule)
}

function part(pointer: string, rule: StackingRule): Demand {
  const wanted = namedDefinitions(rule)
  const isWanted = (candidate: Candidate) => refuseDefinition(candidate, wanted) === undefined
  return {
    pointer,
    kind: 'part',
    need: 1,
    scale: 1,
    amount: (candidates) => (candidates.some(isWanted) ? 1 : 0),
    refuse: (candidate) => {
      const code = refuseDefinition(candidate, wanted)
      return code === 'STACK_FILTERED' ? 'STACK_NOT_HELD' : code
    },
    shortage: 'STACK_NOT_HELD',
  }
}

function sum(
  pointer: string,
  min: number,
  options: {
    readonly amount: (candidate: Candidate) => number | undefined
    readonly missing: StackingCode
    readonly shortage: StackingCode
    readonly from: StackingFilter | undefined
  },
): Demand {
  const { amount, from, missing, shortage } = options
  return {
    pointer,
    kind: 'sum',
    need: hundredths(min),
    scale: 100,
    amount: (candidates) =>
      candidates.reduce((total, candidate) => total + (amount(candidate) ?? 0), 0),
    refuse: (candidate) =>
      (from && refuseFiltered(candidate, from)) ?? (amount(candidate) ? undefined : missing),
    shortage,
  }
}

function cover(pointer: string, { cover, min }: NonNullable<StackingRule['outcomes']>): Demand {
  const wanted = [...new Set(cover)]
  const covered = (candidates: readonly Candidate[]) => {
    const skills = new Set(candidates.flatMap((candidate) => [...readSkills(candidate)]))
    return wanted.filter((skill) => skills.has(skill)).length
  }
  return {
    pointer,
    kind: 'sum',
    need: Math.min(min ?? wanted.length, wanted.length),
    scale: 1,
    amount: covered,
    refuse: (candidate) => (covered([candidate]) > 0 ? undefined : 'STACK_FILTERED'),
    shortage: 'STACK_OUTCOMES_SHORT',
  }
}

/** Why a candidate is not of the kind that counts; every member of the filter must hold. */
function refuseFiltered(
  candidate: Candidate,
  { level, fields, skills, awardingBodies, achievements }: StackingFilter,
): StackingCode | undefined {
  const { shown } = candidate
  const definition = achievements && refuseDefinition(candidate, achievements)
  if (definition) return definition
  if (fields && !listFields(candidate).some((code) => fields.some((one) => code.startsWith(one))))
    return 'STACK_FILTERED'
  const has = readSkills(candidate)
  if (skills && !skills.some((skill) => has.has(skill))) return 'STACK_FILTERED'
  if (awardingBodies && !isAwardedBy(candidate, awardingBodies)) return 'STACK_FILTERED'
  const levels = level ? shown.map((one) => compareLevel(one, level)) : []
  if (!level || levels.includes('reached')) return undefined
  return levels.includes('low') ? 'STACK_LEVEL_LOW' : 'STACK_LEVEL_UNKNOWN'
}

/** Why a candidate is of none of these definitions, as far as its issuer can say so. */
function refuseDefinition(
  { shown }: Candidate,
  wanted: readonly string[],
): 'STACK_FILTERED' | 'STACK_DEFINITION_FOREIGN' | undefined {
  const named = shown.filter(({ achievementId: id }) => id !== undefined && wanted.includes(id))
  if (named.some(namesOwnDefinition)) return undefined
  return named.length > 0 ? 'STACK_DEFINITION_FOREIGN' : 'STACK_FILTERED'
}

const listFields = ({ shown }: Candidate): string[] =>
  shown.flatMap(({ fields }) =>
    (fields ?? []).flatMap(({ uri }) => (uri && findFieldOfEducation(uri)?.code) || []),
  )

function isAwardedBy({ shown }: Candidate, wanted: readonly string[]): boolean {
  const names = new Set(wanted.map(foldName))
  return shown
    .flatMap(({ awardingBodies, issuer }) => [...(awardingBodies ?? []), issuer])
    .some((body) =>
      [body.name, body.identifier].some((text) => text !== undefined && names.has(foldName(text))),
    )
}
