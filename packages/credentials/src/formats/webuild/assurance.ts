import type { AwardRecord } from '../../domain/award.ts'
import type { Agent, QualityAssurance } from '../../domain/organisation.ts'

/** What an assessment rests on, and who answers for it. */
export interface Assurance {
  readonly level: 'self_asserted' | 'third_party_assessed' | 'audited_assessment' | undefined
  /** The quality assurance that is told of: of several the one that says most. */
  readonly told: QualityAssurance | undefined
  /** Who assessed; independent of the awarding body where one of several is. */
  readonly assessor: Agent | undefined
}

/**
 * The assurance level a record supports (WE BUILD Verified Skill rulebook, 2.8.2, VS-IR-06, VS-IR-07): a documented
 * decision of a named independent body, else a named independent assessor, else the organisation's own word. Unknown
 * when the record says nothing of quality assurance: no level is invented.
 */
export function findAssurance(record: AwardRecord): Assurance {
  const { organisation, achievement, award } = record
  const own = [organisation, ...(award.awardingBodies ?? [])]
  const isIndependent = (agent: Agent) => !own.some((one) => isSameAgent(one, agent))
  const audited = achievement.qualityAssurance.find(
    (one) => holdsOn(one, award.awardedOn) && one.agent && isIndependent(one.agent),
  )
  const assessors = listAssessors(record)
  const third = assessors.find(isIndependent)
  const told = audited ?? achievement.qualityAssurance[0]
  const assessor = third ?? assessors[0]
  if (audited) return { level: 'audited_assessment', told, assessor }
  if (third) return { level: 'third_party_assessed', told, assessor }
  return { level: told && 'self_asserted', told, assessor }
}

/** A decision that can be pointed at, taken before the award and not yet run out. */
const holdsOn = ({ decidedOn, expiresOn, reference }: QualityAssurance, day: string): boolean =>
  (decidedOn !== undefined || reference !== undefined) &&
  (decidedOn === undefined || decidedOn <= day) &&
  (expiresOn === undefined || expiresOn >= day)

/** The organisations that assessed; persons are never named. */
const listAssessors = ({ organisation, award }: AwardRecord): Agent[] => [
  ...(award.assessments ?? []).flatMap(({ assessedBy }) => assessedBy ?? []),
  ...(award.validation?.assessors ?? []).map((assessor) => assessor.organisation ?? organisation),
]

/** Taken for the same when a number or a name says so: independence is never claimed by a spelling. */
function isSameAgent(one: Agent, other: Agent): boolean {
  const digits = (agent: Agent) =>
    (agent.identifiers ?? []).map(({ scheme, value }) => `${scheme} ${value.replaceAll(/\W/g, '')}`)
  const names = (agent: Agent) =>
    Object.values(agent.legalName).map((name) => name.trim().toLowerCase())
  return overlap(digits(one), digits(other)) || overlap(names(one), names(other))
}

const overlap = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one))
