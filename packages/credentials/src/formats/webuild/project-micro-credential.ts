import { findConcept } from '../../code-lists/code-list.ts'
import { creditFrameworks } from '../../code-lists/credits.ts'
import type { AwardRecord } from '../../domain/award.ts'
import type { Level } from '../../domain/learning.ts'
import { accept, type Result, refuse } from '../../result.ts'
import { listDisclosable } from '../claim-description.ts'
import { omitAbsent } from '../omit-absent.ts'
import type { Projection } from '../project-learning-credential.ts'
import { rulebookClaims } from './claims.ts'
import { findMicroCredentialLosses } from './micro-credential-losses.ts'
import {
  describeAssurance,
  describeField,
  projectAssessment,
  projectContext,
  projectLearner,
  type RulebookOptions,
} from './project-common.ts'
import { findRulebookRefusal, type RulebookRefusal } from './refusals.ts'
import { createSpeaker, type Say } from './speaker.ts'
import { spell, spellings } from './spellings.ts'

const format = 'webuild_micro_credential'

/**
 * Projects an award of formal education onto `VerifiableMicroCredential` (WE BUILD rulebook 0.2, section 2). What the
 * type demands and the award does not say is left out and reported.
 */
export function projectMicroCredential(
  record: AwardRecord,
  options: RulebookOptions,
): Result<Projection, RulebookRefusal> {
  const refusal = findRulebookRefusal(record, format)
  if (refusal) return refuse(refusal, 'The type is of formal education, assessed as such.')
  const speaker = createSpeaker(options.locale)
  const { say } = speaker
  const claims = omitAbsent({
    ...projectContext(record, options, say),
    ...projectLevels(record),
    ...projectLearner(record),
    ...projectAssessment(record, say),
    ...projectCourse(record, say),
  })
  return accept({
    claims,
    disclosable: listDisclosable(rulebookClaims[format]).filter((name) => name in claims),
    losses: findMicroCredentialLosses(record, claims, speaker),
  })
}

/** The rulebook, 2.8: `EQF-6`, and a national level likewise under a claim of its own. */
function projectLevels({ achievement: { levels = [] } }: AwardRecord) {
  const write = (level: Level | undefined) => level && `${level.framework}-${level.level}`
  return {
    level: write(levels.find(({ framework }) => framework === 'EQF')),
    nationalQualificationsFrameworkLevel: write(
      levels.find(({ framework }) => framework !== 'EQF'),
    ),
  }
}

function projectCourse({ achievement }: AwardRecord, say: Say) {
  const { learningOutcomes, fields, prerequisites, stacking, partOf, qualityAssurance } =
    achievement
  const [field] = fields ?? []
  const [assurance] = qualityAssurance
  const [whole] = [...(stacking?.towards ?? []), ...(partOf ?? [])]
  return {
    learningOutcomes: learningOutcomes.map(({ title }) => say(title)),
    notionalWorkload: describeWorkload(achievement.workload),
    fieldOfEducation: field && describeField(field),
    entryRequirements: prerequisites && [say(prerequisites)],
    qualityAssurance: assurance && spell(spellings.qualityAssurance, assurance.type),
    accreditation: assurance && describeAssurance(assurance, say),
    stackable: stacking && stacking.kind !== 'stand_alone',
    partOfQualification: whole && say(whole.title),
  }
}

/** MC-IR-06: ECTS or hours, one of them; other credits are never turned into ECTS. */
export function describeWorkload({
  hours,
  credits = [],
}: AwardRecord['achievement']['workload'] = {}) {
  const ects = credits.find(
    ({ framework }) => findConcept(creditFrameworks, framework)?.code === 'ects',
  )
  if (ects) return { value: ects.value, unit: 'ECTS' as const }
  return hours === undefined ? undefined : { value: hours, unit: 'hours' as const }
}
