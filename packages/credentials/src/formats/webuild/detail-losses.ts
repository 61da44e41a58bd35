import type { AwardRecord } from '../../domain/award.ts'
import type { SkillRef } from '../../domain/learning.ts'
import type { Agent, QualityAssurance } from '../../domain/organisation.ts'
import { isEscoSkill } from './project-common.ts'

/** Pointers to the members that are there. */
export const present = <T extends object>(
  pointer: string,
  holder: T | undefined,
  names: readonly (keyof T & string)[],
): string[] =>
  holder
    ? names.filter((name) => holder[name] !== undefined).map((name) => `${pointer}/${name}`)
    : []

/** Of an organisation only the name is told. */
export const findAgentDetails = (pointer: string, agent: Agent | undefined): string[] =>
  present(pointer, agent, ['country', 'identifiers'])

/** What is not told of a quality assurance that is. */
export function findAssuranceDetails(pointer: string, told: QualityAssurance): string[] {
  const isDescribed = told.title ?? told.agent ?? told.reference
  return [
    ...findAgentDetails(`${pointer}/agent`, told.agent),
    ...present(pointer, told, isDescribed ? ['limits'] : ['limits', 'decidedOn', 'expiresOn']),
  ]
}

/** Skills of other vocabularies than ESCO, and what ESCO says of its own. */
export const findSkillDetails = ({ achievement }: AwardRecord): string[] => [
  ...listSkills('/achievement', achievement.skills),
  ...achievement.learningOutcomes.flatMap(({ skills }, at) =>
    listSkills(`/achievement/learningOutcomes/${at}`, skills),
  ),
]

const listSkills = (holder: string, skills: readonly SkillRef[] = []): string[] =>
  skills.flatMap((skill, at) => {
    const pointer = `${holder}/skills/${at}`
    return isEscoSkill(skill) ? present(pointer, skill, ['label', 'match']) : [pointer]
  })
