import { assessmentTypes, learningModes, supervisionTypes } from '../../code-lists/assessment.ts'
import { describeStudyTime } from '../learning-credential-workload.ts'
import { findRecognisedOutcomes } from '../project-validation.ts'
import type { BadgeWriter } from './badge-writer.ts'
import { escapeMarkdown } from './markdown.ts'
import { headings, sentences } from './words.ts'

/** What it took, for people to read: the one place of a badge that everybody shows (Open Badges 3.0, Criteria). */
export function projectCriteria(writer: BadgeWriter): string {
  const { record, say, word, label } = writer
  const { achievement, award } = record
  const { assessment, participation, prerequisites, stacking, furtherInformation } = achievement
  const outcomes = findRecognisedOutcomes(record).map(({ title }) => `- ${line(say(title))}`)
  const described = assessment.description ? [say(assessment.description)] : []
  const sections: readonly (readonly [keyof typeof headings, readonly string[]])[] = [
    ['assessment', [...assessment.types.map((uri) => label(assessmentTypes, uri)), ...described]],
    [
      'supervision',
      assessment.supervision ? [label(supervisionTypes, assessment.supervision)] : [],
    ],
    ['gradingScheme', award.result?.scheme ? [say(award.result.scheme.title)] : []],
    ['workload', [describeStudyTime(record, writer.locale) ?? ''].filter((text) => text !== '')],
    ['participation', participation.modes.map((uri) => label(learningModes, uri))],
    ['languages', participation.languages],
    ['prerequisites', prerequisites ? [say(prerequisites)] : []],
    ['stacking', stacking?.towards?.map(({ title }) => say(title)) ?? []],
    ['validation', award.validation ? [word(sentences.validated)] : []],
    ['furtherInformation', furtherInformation ? [say(furtherInformation)] : []],
  ]
  return [
    `**${word(headings.outcomes)}**\n${outcomes.join('\n')}`,
    ...sections
      .filter(([, texts]) => texts.length > 0)
      .map(([heading, texts]) => `**${word(headings[heading])}**: ${line(texts.join('; '))}`),
  ].join('\n\n')
}

const line = escapeMarkdown
