import { learningModes } from '../../code-lists/assessment.ts'
import { findConcept } from '../../code-lists/code-list.ts'
import { learningActivityTypes, learningSettingConcepts } from '../../code-lists/learning.ts'
import type { LanguageMap } from '../../domain/text.ts'
import type { Validation } from '../../domain/validation.ts'
import { omitAbsent } from '../omit-absent.ts'
import type { ElmRecord } from './elm-record.ts'
import { words } from './messages.ts'
import {
  buildConcept,
  buildLanguages,
  buildNote,
  type ElmNode,
  findConceptNodes,
  labelText,
  orNone,
  startOfDay,
} from './nodes.ts'
import { informalSetting, ownConcept, recognitionConcepts } from './own-concepts.ts'

/**
 * What led to the outcomes: the course, or in a validation the prior learning, which is where informal learning
 * shows in this model (domain.md section 5).
 */
export function buildActivities(record: ElmRecord, awardedBy: ElmNode): ElmNode[] {
  const prior = record.award.validation?.priorLearning
  return [
    ...(takesPart(record) ? [buildCourse(record, awardedBy)] : []),
    ...(prior ? [buildPriorLearning(record, prior, awardedBy)] : []),
  ]
}

/** The specification of the course, for the definition to name. */
export const buildActivitySpecifications = (record: ElmRecord): ElmNode[] =>
  takesPart(record) ? [buildCourseSpecification(record)] : []

/** Who was validated took no part in the course, unless the award says so. */
const takesPart = ({ award }: ElmRecord): boolean =>
  award.validation === undefined || award.activity !== undefined

function buildCourse(record: ElmRecord, awardedBy: ElmNode): ElmNode {
  const { idOf, award, achievement } = record
  const { start, end, description } = award.activity ?? {}
  const { place } = achievement.participation
  return omitAbsent({
    id: idOf('activity'),
    type: 'LearningActivity',
    title: describeCourse(record),
    description,
    awardedBy,
    temporal:
      start || end
        ? [
            omitAbsent({
              id: idOf('activity/period'),
              type: 'PeriodOfTime',
              startDate: start && startOfDay(start),
              endDate: end && startOfDay(end),
            }),
          ]
        : undefined,
    additionalNote: place && [buildNote(idOf('activity/place'), labelText(words.place, place))],
    specifiedBy: buildCourseSpecification(record),
  })
}

function buildCourseSpecification(record: ElmRecord): ElmNode {
  const { modes, activityTypes, languages } = record.achievement.participation
  return omitAbsent({
    id: record.idOf('activity/specification'),
    type: 'LearningActivitySpecification',
    title: describeCourse(record),
    dcType: findConceptNodes(learningActivityTypes, activityTypes),
    mode: findConceptNodes(learningModes, modes),
    language: orNone(buildLanguages(languages)),
  })
}

function describeCourse({ achievement }: ElmRecord): LanguageMap {
  const [only, ...more] = achievement.participation.activityTypes ?? []
  const concept = only && more.length === 0 ? findConcept(learningActivityTypes, only) : undefined
  return concept?.labels ?? words.learningActivity
}

/** Ways of learning that need no teacher: the only types prior learning may be said to have been. */
const informalActivities = new Set(['job_experience', 'volunteering', 'self_study'])

function buildPriorLearning(
  { idOf, achievement }: ElmRecord,
  { setting, years, description }: NonNullable<Validation['priorLearning']>,
  awardedBy: ElmNode,
): ElmNode {
  const name = 'prior-learning'
  const types = (achievement.participation.activityTypes ?? []).filter((type) =>
    informalActivities.has(findConcept(learningActivityTypes, type)?.code ?? ''),
  )
  const dcType = setting === 'informal' ? findConceptNodes(learningActivityTypes, types) : undefined
  return omitAbsent({
    id: idOf(name),
    type: 'LearningActivity',
    title: words.priorLearning,
    description,
    awardedBy,
    additionalNote: [
      buildSettingNote(idOf(`${name}/setting`), setting),
      ...(years === undefined ? [] : [buildYearsNote(idOf(`${name}/years`), years)]),
    ],
    specifiedBy: dcType && {
      id: idOf(`${name}/specification`),
      type: 'LearningActivitySpecification',
      title: words.priorLearning,
      dcType,
    },
  })
}

/** The setting in words, for where the model has no member for it or no concept. */
export function buildSettingNote(id: string, setting: string): ElmNode {
  const list = setting === 'informal' ? informalSetting : learningSettingConcepts
  const concept = ownConcept(list, setting)
  return buildNote(
    id,
    labelText(words.learningSetting, concept.labels),
    buildConcept(concept, list.scheme),
  )
}

function buildYearsNote(id: string, years: number): ElmNode {
  const concept = ownConcept(recognitionConcepts, 'years_of_practice')
  const number = (locale: string) => years.toLocaleString(locale, { useGrouping: false })
  return buildNote(
    id,
    { sv: `${number('sv')} års erfarenhet`, en: `Years of experience: ${number('en')}` },
    buildConcept(concept, recognitionConcepts.scheme),
  )
}
