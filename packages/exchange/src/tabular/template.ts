import { type AchievementContent, chooseText, type Locale } from '@mikromerit/credentials'
import { type AwardField, fieldNames, neededFields } from './award-fields.ts'
import { fieldTexts, templateTexts } from './template-texts.ts'
import { byteOrderMark, writeCsvRow } from './write-csv.ts'

/** A template for one definition: its columns, and what to tell whoever fills it in. */
export interface Template {
  readonly title: string
  readonly columns: readonly TemplateColumn[]
  readonly instructions: readonly string[]
  readonly grades: readonly string[]
}

export interface TemplateColumn {
  readonly field: AwardField
  readonly header: string
}

export function describeTemplate(achievement: AchievementContent, locale: Locale): Template {
  const grades = passingGrades(achievement)
  const columns = templateFields(achievement).map((field) => ({
    field,
    header: `${fieldNames[field][locale][0]}${neededFields.includes(field) ? ' *' : ''}`,
  }))
  const { intro, noPersonalNumber, grades: heading } = templateTexts
  return {
    title: chooseText(achievement.title, locale).text,
    columns,
    grades,
    instructions: [
      intro[locale],
      noPersonalNumber[locale],
      ...columns.map(({ field, header }) => `${header}: ${fieldTexts[field]?.[locale] ?? ''}`),
      ...(grades.length > 0 ? [`${heading[locale]}: ${grades.join(', ')}`] : []),
    ],
  }
}

/** The template as a CSV file for spreadsheets: instructions as remarks, then the header. */
export function writeCsvTemplate(achievement: AchievementContent, locale: Locale): string {
  const { title, columns, instructions } = describeTemplate(achievement, locale)
  // Spreadsheets set to Swedish part columns at semicolons, those set to English at commas.
  const separator = locale === 'sv' ? ';' : ','
  const remarks = [title, ...instructions].map((text) => writeCsvRow([`# ${text}`], separator))
  const header = writeCsvRow(
    columns.map(({ header }) => header),
    separator,
  )
  return [byteOrderMark, ...remarks, header].join('')
}

function templateFields({
  assessment,
  credentialValidity,
  setting,
}: AchievementContent): AwardField[] {
  return [
    'familyName',
    'givenName',
    'birthDate',
    'email',
    'externalId',
    'awardedOn',
    ...(assessment.gradingScheme ? (['grade'] as const) : []),
    'activityStart',
    'activityEnd',
    ...(credentialValidity ? (['validUntil'] as const) : []),
    ...(setting === 'formal' ? [] : (['proficiency'] as const)),
    'sourceReference',
  ]
}

function passingGrades({ assessment: { gradingScheme } }: AchievementContent): readonly string[] {
  if (!gradingScheme) return []
  const { values, passing } = gradingScheme
  return values.slice(Math.max(0, values.indexOf(passing)))
}
