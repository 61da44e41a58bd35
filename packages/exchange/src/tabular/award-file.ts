import type { AwardDraft, Locale } from '@mikromerit/credentials'
import { type AwardField, awardFields, fieldNames } from './award-fields.ts'
import { byteOrderMark, writeCsvRow } from './write-csv.ts'

export interface AwardFile {
  /** The first piece of the file. */
  readonly head: string
  /** The piece for one award. */
  readonly row: (award: AwardDraft) => string
}

type WrittenField = Exclude<AwardField, 'credits' | 'hours' | 'fieldOfEducation'>

const isWritten = (field: AwardField): field is WrittenField =>
  !['credits', 'hours', 'fieldOfEducation'].includes(field)

/** What is said of the definition alone is not repeated for each award. */
const fields = awardFields.filter(isWritten)

const valuesOf: Readonly<Record<WrittenField, (award: AwardDraft) => string | undefined>> = {
  familyName: ({ learner }) => learner.familyName,
  givenName: ({ learner }) => learner.givenName,
  birthDate: ({ learner }) => learner.birthDate,
  email: ({ learner }) => learner.email,
  externalId: ({ learner }) => learner.externalId,
  awardedOn: ({ awardedOn }) => awardedOn,
  grade: ({ result }) => result?.grade,
  activityStart: ({ activity }) => activity?.start,
  activityEnd: ({ activity }) => activity?.end,
  validUntil: ({ validUntil }) => validUntil,
  proficiency: ({ proficiency }) => proficiency,
  sourceReference: ({ sourceReference }) => sourceReference,
  achievement: ({ achievementId }) => achievementId,
}

/** Awards as a table under the headings of our import template, which the import takes back (S-31). */
export function createAwardFile(locale: Locale): AwardFile {
  // Spreadsheets set to Swedish part columns at semicolons, those set to English at commas.
  const separator = locale === 'sv' ? ';' : ','
  const header = fields.map((field) => fieldNames[field][locale][0] ?? field)
  return {
    head: byteOrderMark + writeCsvRow(header, separator),
    row: (award) =>
      writeCsvRow(
        fields.map((field) => valuesOf[field](award) ?? ''),
        separator,
      ),
  }
}
