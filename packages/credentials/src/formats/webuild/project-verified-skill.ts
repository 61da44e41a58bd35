import type { AwardRecord } from '../../domain/award.ts'
import type { Evidence } from '../../domain/validation.ts'
import { accept, type Result, refuse } from '../../result.ts'
import { listDisclosable } from '../claim-description.ts'
import { omitAbsent } from '../omit-absent.ts'
import type { Projection } from '../project-learning-credential.ts'
import { findRecognisedOutcomes, projectValidation } from '../project-validation.ts'
import { findAssurance } from './assurance.ts'
import { rulebookClaims } from './claims.ts'
import {
  describeAssurance,
  describeProficiency,
  omitEmptyList,
  projectAssessment,
  projectContext,
  projectLearner,
  type RulebookOptions,
} from './project-common.ts'
import { findRulebookRefusal, type RulebookRefusal } from './refusals.ts'
import { createSpeaker, type Say } from './speaker.ts'
import { spell, spellings } from './spellings.ts'
import { findVerifiedSkillLosses } from './verified-skill-losses.ts'

const format = 'webuild_verified_skill'

/**
 * Projects an award of non-formal or informal learning onto `VerifiableVerifiedSkill` (WE BUILD rulebook 0.2, section
 * 2): never with a level of a qualifications framework, never with credits (VS-IR-03, VS-IR-04).
 */
export function projectVerifiedSkill(
  record: AwardRecord,
  options: RulebookOptions,
): Result<Projection, RulebookRefusal> {
  const refusal = findRulebookRefusal(record, format)
  if (refusal) return refuse(refusal, 'The type is of skills shown outside formal education.')
  const speaker = createSpeaker(options.locale)
  const { say } = speaker
  const claims = omitAbsent({
    ...projectContext(record, options, say),
    ...projectMastery(record, say),
    ...projectLearner(record),
    ...projectAssessment(record, say),
    ...projectSkill(record, say),
    ...projectAssurance(record, say),
  })
  return accept({
    claims,
    disclosable: listDisclosable(rulebookClaims[format]).filter((name) => name in claims),
    losses: findVerifiedSkillLosses(record, claims, speaker),
  })
}

const projectMastery = (record: AwardRecord, say: Say) => ({
  skillProficiencyLevel: describeProficiency(record),
  reviewDate: record.award.validUntil,
  validation:
    record.award.validation && projectValidation(record.award.validation, record.organisation, say),
})

function projectSkill(record: AwardRecord, say: Say) {
  const { achievement, award } = record
  const recognised = findRecognisedOutcomes(record)
  // In part: what the part amounts to is not recorded, and the whole was not earned.
  const isWhole = recognised.length === achievement.learningOutcomes.length
  const evidence = [...(award.evidence ?? []), ...(award.validation?.evidence ?? [])]
  return {
    skillOutcome: recognised.map(({ title }) => say(title)),
    studyLoadHours: isWhole ? achievement.workload?.hours : undefined,
    learningSetting: achievement.setting,
    assessmentDate: findAssessmentDate(record),
    assessmentEvidence: omitEmptyList(evidence.map((one) => describeEvidence(one, say))),
  }
}

/** The day the last assessment was made. */
const findAssessmentDate = ({ award }: AwardRecord): string | undefined =>
  [
    ...(award.assessments ?? []).flatMap(({ assessedOn }) => assessedOn ?? []),
    ...(award.validation?.steps ?? []).flatMap(({ kind, doneOn }) =>
      kind === 'assessment' && doneOn ? [doneOn] : [],
    ),
  ]
    .toSorted()
    .at(-1)

const describeEvidence = ({ kind, description, digest, mediaType, uri }: Evidence, say: Say) =>
  omitAbsent({
    type: kind.replaceAll('_', '-'),
    description: say(description),
    digest,
    mediaType,
    uri,
  })

/** VS-IR-05 to VS-IR-08: a level never without what it rests on, and an audit never called an accreditation. */
function projectAssurance(record: AwardRecord, say: Say) {
  const { level, told, assessor } = findAssurance(record)
  const details = told && describeAssurance(told, say)
  const type = told && spell(spellings.qualityAssurance, told.type)
  const isAccreditation = type?.endsWith('-accreditation') ?? false
  return {
    qualityAssuranceLevel: level && spell(spellings.assuranceLevel, level),
    qualityAssuranceMethod: told
      ? omitAbsent({ type, name: told.title && say(told.title), reference: told.reference })
      : // Nothing is known but that others assessed.
        level && { type: 'external-assessment' },
    assessor: assessor && { name: say(assessor.legalName) },
    accreditation: isAccreditation ? details : undefined,
    auditInformation: isAccreditation ? undefined : details,
  }
}
