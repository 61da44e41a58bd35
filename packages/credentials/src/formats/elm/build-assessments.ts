import { supervisionTypes } from '../../code-lists/assessment.ts'
import type { Agent } from '../../domain/organisation.ts'
import { omitAbsent } from '../omit-absent.ts'
import { buildAgent } from './build-agents.ts'
import {
  type Assessed,
  buildAssessmentSpecification,
  buildWholeSpecification,
  describeAssessment,
  listAssessed,
} from './build-assessment-specifications.ts'
import { buildGrade, buildGradeNotes, buildPartGrade } from './build-grades.ts'
import { buildIssuer } from './build-issuer.ts'
import type { ElmRecord } from './elm-record.ts'
import { words } from './messages.ts'
import {
  buildNote,
  type ElmNode,
  findConceptNode,
  isEuConcept,
  labelText,
  orNone,
  startOfDay,
} from './nodes.ts'

/**
 * How the outcomes were assessed: by the assessments carried out, else as the definition says. Several are parts of
 * one, which has the grade: to give it to each would claim more than is known.
 */
export function buildAssessments(record: ElmRecord, awardedBy: ElmNode): ElmNode[] {
  const assessed = listAssessed(record)
  const [only, ...more] = assessed
  const notes = buildGradeNotes(record)
  if (only && more.length === 0) {
    const specifiedBy = buildAssessmentSpecification(record, only, 1)
    const result = { awardedBy, grade: buildGrade(record), notes, specifiedBy }
    return [buildAssessment(record, only, result)]
  }
  const grade = buildPartGrade(record)
  const hasPart = assessed.map((one) => {
    const specifiedBy = buildAssessmentSpecification(record, one, assessed.length)
    return buildAssessment(record, one, { awardedBy, grade, notes: [], specifiedBy })
  })
  const whole = omitAbsent({
    id: record.idOf('assessment'),
    type: 'LearningAssessment',
    title: words.overallAssessment,
    awardedBy,
    grade: buildGrade(record),
    additionalNote: orNone(notes),
    specifiedBy: buildWholeSpecification(record),
    hasPart,
  })
  return [whole]
}

interface AssessmentResult {
  readonly awardedBy: ElmNode
  readonly grade: ElmNode
  readonly notes: readonly ElmNode[]
  readonly specifiedBy: ElmNode
}

function buildAssessment(
  record: ElmRecord,
  assessed: Assessed,
  { awardedBy, grade, notes, specifiedBy }: AssessmentResult,
): ElmNode {
  const { idOf } = record
  const { name, assessedOn, place } = assessed
  const supervision = buildSupervision(record, assessed)
  return omitAbsent({
    id: idOf(name),
    type: 'LearningAssessment',
    title: describeAssessment(record, assessed),
    awardedBy,
    assessedBy: buildAssessors(record, assessed.assessedBy),
    dateIssued: assessedOn && startOfDay(assessedOn),
    grade,
    idVerification: supervision.idVerification,
    additionalNote: orNone([
      ...notes,
      ...(supervision.note ? [supervision.note] : []),
      ...(place ? [buildNote(idOf(`${name}/place`), labelText(words.place, place))] : []),
    ]),
    specifiedBy,
  })
}

/** The EDC tool looks this value up: one of ours would be refused, so it is told in a note (domain.md section 2). */
function buildSupervision(
  { idOf }: ElmRecord,
  { name, supervision }: Assessed,
): { idVerification?: ElmNode; note?: ElmNode } {
  if (supervision === undefined) return {}
  const concept = findConceptNode(supervisionTypes, supervision)
  if (!concept) return {}
  if (isEuConcept(concept)) return { idVerification: concept }
  const labels = supervisionTypes.concepts.find(({ uri }) => uri === concept.id)?.labels ?? {}
  const text = labelText(words.supervision, labels)
  return { note: buildNote(idOf(`${name}/supervision`), text, concept) }
}

/** In a validation, the organisations of the assessors; persons are never named. */
function buildAssessors(
  record: ElmRecord,
  named: readonly Agent[] | undefined,
): ElmNode[] | undefined {
  if (named?.length) return named.map((agent) => buildAgent(agent, record.idOf))
  const { validation } = record.award
  if (!validation) return undefined
  const organisations = (validation.assessors ?? []).map(({ organisation }) =>
    organisation ? buildAgent(organisation, record.idOf) : buildIssuer(record),
  )
  const assessors = organisations.length > 0 ? organisations : [buildIssuer(record)]
  return [...new Map(assessors.map((assessor) => [assessor.id, assessor])).values()]
}
