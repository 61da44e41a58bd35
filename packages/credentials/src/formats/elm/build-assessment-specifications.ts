import { assessmentTypes, learningModes } from '../../code-lists/assessment.ts'
import { findConcept } from '../../code-lists/code-list.ts'
import type { Award } from '../../domain/award.ts'
import type { LanguageMap } from '../../domain/text.ts'
import { omitAbsent } from '../omit-absent.ts'
import { buildGradingScheme } from './build-grades.ts'
import { type ElmRecord, primaryTag } from './elm-record.ts'
import { words } from './messages.ts'
import { buildLanguages, type ElmNode, findConceptNode, findConceptNodes, orNone } from './nodes.ts'

type CarriedOut = NonNullable<Award['assessments']>[number]

/** One assessment of one type: the model has one type per assessment (domain.md 3.1). */
export interface Assessed extends Partial<Omit<CarriedOut, 'types' | 'mode'>> {
  readonly name: string
  readonly type: string
  readonly modes: readonly string[]
  readonly description?: LanguageMap
}

/** The assessments carried out, else those of the definition, one per type. */
export function listAssessed({ award, achievement }: ElmRecord): Assessed[] {
  const { types, modes = [], supervision, description } = achievement.assessment
  const shared = omitAbsent({ supervision })
  const carriedOut = award.assessments ?? []
  if (carriedOut.length === 0) {
    return types.map((type, at) => ({
      name: `assessment/${at}`,
      type,
      modes,
      ...shared,
      ...(description && { description }),
    }))
  }
  return carriedOut.flatMap(({ types, mode, ...rest }, at) =>
    types.map((type, ofType) => ({
      ...shared,
      ...rest,
      name: `assessment/${at}/${ofType}`,
      type,
      modes: mode === undefined ? [] : [mode],
    })),
  )
}

/** Every specification of an assessment of this award, for the definition to name. */
export function buildAssessmentSpecifications(record: ElmRecord): ElmNode[] {
  const assessed = listAssessed(record)
  const each = assessed.map((one) => buildAssessmentSpecification(record, one, assessed.length))
  return assessed.length === 1 ? each : [buildWholeSpecification(record), ...each]
}

/** Of one among so many assessments; the scale belongs to the one that is graded. */
export function buildAssessmentSpecification(
  record: ElmRecord,
  assessed: Assessed,
  among: number,
): ElmNode {
  const { name, type, modes, language, description } = assessed
  return omitAbsent({
    id: record.idOf(`${name}/specification`),
    type: 'LearningAssessmentSpecification',
    title: describeAssessment(record, assessed),
    description,
    dcType: findConceptNode(assessmentTypes, type),
    mode: findConceptNodes(learningModes, modes),
    language: language === undefined ? undefined : orNone(buildLanguages([language])),
    gradingScheme: among === 1 ? buildGradingScheme(record) : undefined,
  })
}

/** Of the whole that several assessments are part of. */
export const buildWholeSpecification = (record: ElmRecord): ElmNode =>
  omitAbsent({
    id: record.idOf('assessment/specification'),
    type: 'LearningAssessmentSpecification',
    title: words.overallAssessment,
    gradingScheme: buildGradingScheme(record),
  })

export const describeAssessment = (record: ElmRecord, { type }: Assessed): LanguageMap =>
  findConcept(assessmentTypes, type)?.labels ?? { [primaryTag(record)]: type }
