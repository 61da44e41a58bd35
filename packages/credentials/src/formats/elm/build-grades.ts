import type { GradingScheme } from '../../domain/learning.ts'
import type { LanguageMap } from '../../domain/text.ts'
import { type ElmRecord, primaryTag } from './elm-record.ts'
import { words } from './messages.ts'
import { buildConcept, buildNote, chooseLabel, type ElmNode, mapTexts } from './nodes.ts'
import { gradeConcepts, ownConcept } from './own-concepts.ts'

/** The grade, as the scale writes it. Every assessment must have one: `Pass`, when there was none (domain.md 3.1). */
export function buildGrade(record: ElmRecord): ElmNode {
  const { result } = record.award
  if (!result) return buildAbsentGrade(record, 'ungraded')
  return buildNote(record.idOf('grade'), { [primaryTag(record)]: result.grade })
}

/** The grade of one of several assessments, when only the whole was graded. */
export const buildPartGrade = (record: ElmRecord): ElmNode =>
  buildAbsentGrade(record, record.award.result ? 'included' : 'ungraded')

/** The grade in words, beside the grade. */
export function buildGradeNotes({ idOf, award }: ElmRecord): ElmNode[] {
  const label = award.result?.label
  return label ? [buildNote(idOf('grade/words'), label, buildGradeConcept('in_words'))] : []
}

/** The scale of the grade, with all its grades in words: the model has no members for them. */
export function buildGradingScheme({ idOf, award }: ElmRecord): ElmNode | undefined {
  const scheme = award.result?.scheme
  if (!scheme) return undefined
  return {
    id: idOf('grading-scheme'),
    type: 'GradingScheme',
    identifier: [{ id: idOf('grading-scheme/id'), type: 'Identifier', notation: scheme.id }],
    title: scheme.title,
    description: describeScheme(scheme),
  }
}

function buildAbsentGrade({ idOf }: ElmRecord, code: 'ungraded' | 'included'): ElmNode {
  const { labels } = ownConcept(gradeConcepts, code)
  return buildNote(idOf(`grade/${code}`), labels, buildGradeConcept(code))
}

const buildGradeConcept = (code: string): ElmNode =>
  buildConcept(ownConcept(gradeConcepts, code), gradeConcepts.scheme)

const describeScheme = ({ title, values, passing }: GradingScheme): LanguageMap =>
  mapTexts(title, (_, tag) => {
    const [all, lowest] = [chooseLabel(words.grades, tag), chooseLabel(words.passing, tag)]
    return `${all}: ${values.join(', ')}. ${lowest}: ${passing}.`
  })
