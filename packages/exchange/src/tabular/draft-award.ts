import type { AwardDraft } from '@mikromerit/credentials'
import { checkDraft, isAwardDraft } from '../awards/check-draft.ts'
import type { AwardImportContext, ImportableAchievement } from '../awards/import-item.ts'
import { type ImportCode, type ImportFinding, importFinding } from '../findings/import-finding.ts'
import { type AwardField, awardFields, fieldAt } from './award-fields.ts'
import { checkStated } from './check-stated.ts'
import { readGrade } from './read-grade.ts'
import type { Columns } from './read-header.ts'
import { readProficiency } from './read-proficiency.ts'
import { readDay, readNumber, tidyText } from './read-values.ts'
import type { TableRow } from './table.ts'

export interface DraftedAward {
  readonly draft?: AwardDraft
  readonly findings: readonly ImportFinding[]
}

/** The values of one row, each read as its field demands. */
export type RowValues = ReadonlyMap<AwardField, string>

/** The award that a row describes, when it is one, and what is wrong with it. */
export async function draftAward(
  row: TableRow,
  columns: Columns,
  context: AwardImportContext,
): Promise<DraftedAward> {
  const findings: ImportFinding[] = []
  const values = new Map<AwardField, string>()
  for (const field of awardFields) {
    const read = readField(field, columns.fields.get(field), row)
    if (read.code) findings.push(importFinding(read.code, { field }))
    else if (read.text !== '') values.set(field, read.text)
  }
  const achievement = await context.findAchievement(values.get('achievement'))
  if (!achievement)
    return {
      findings: [...findings, importFinding('ACHIEVEMENT_UNKNOWN', { field: 'achievement' })],
    }

  const draft = buildDraft(values, achievement)
  findings.push(...checkNames(values), ...checkStated(values, achievement.content))
  // What is wrong with a value already said is not said again as a value that is missing.
  const faulty = new Set(findings.filter(isError).map(({ field }) => field))
  for (const found of checkDraft(draft, { achievement, today: context.today })) {
    if (!isError(found) || !faulty.has(fieldAt(found.field ?? ''))) findings.push(found)
  }
  return { findings, ...(isAwardDraft(draft) && { draft }) }
}

const isError = ({ severity }: ImportFinding) => severity === 'error'

interface ReadField {
  readonly text: string
  readonly code?: ImportCode
}

const dayFields: ReadonlySet<AwardField> = new Set([
  'birthDate',
  'awardedOn',
  'activityStart',
  'activityEnd',
  'validUntil',
])
const numberFields: ReadonlySet<AwardField> = new Set(['credits', 'hours'])

/** The apostrophe that keeps a text from being taken for a formula, as our own files have it too (S-31). */
const textMark = /^'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/

function readField(field: AwardField, column: number | undefined, row: TableRow): ReadField {
  const cell = column === undefined ? undefined : row.cells[column]
  if (typeof cell === 'object') return { text: '', code: 'IMPORT_FORMULA' }
  const written = tidyText(cell ?? '')
  const text = written.replace(textMark, '')
  if (text === '') return { text }
  const number = readNumber(text)
  if (written === text && /^[=+\-@]/.test(text) && number === undefined)
    return { text: '', code: 'IMPORT_FORMULA' }
  if (dayFields.has(field)) {
    const day = readDay(text, row.countsFrom1904)
    return day === undefined ? { text: '', code: 'DATE_INVALID' } : { text: day }
  }
  if (!numberFields.has(field)) return { text }
  if (number === undefined) return { text: '', code: 'IMPORT_NUMBER' }
  return number > 0 ? { text: String(number) } : { text: '', code: 'WORKLOAD_NOT_POSITIVE' }
}

/** Members that the row does not fill are absent, so that the schema can say which are needed. */
function buildDraft(values: RowValues, { id, content }: ImportableAchievement): unknown {
  const grade = values.get('grade')
  const proficiency = values.get('proficiency')
  const start = values.get('activityStart')
  const end = values.get('activityEnd')
  return {
    achievementId: id,
    learner: pick(values, 'familyName', 'givenName', 'birthDate', 'email', 'externalId'),
    ...pick(values, 'awardedOn', 'validUntil', 'sourceReference'),
    ...(grade !== undefined && {
      result: { grade: readGrade(grade, content.assessment.gradingScheme) },
    }),
    ...(proficiency !== undefined && { proficiency: readProficiency(proficiency) }),
    ...((start ?? end) !== undefined && {
      activity: { ...(start !== undefined && { start }), ...(end !== undefined && { end }) },
    }),
  }
}

const pick = (values: RowValues, ...fields: readonly AwardField[]): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const text = values.get(field)
      return text === undefined ? [] : [[field, text]]
    }),
  )

const checkNames = (values: RowValues): ImportFinding[] =>
  (['familyName', 'givenName'] as const).flatMap((field) =>
    /[\d@]/.test(values.get(field) ?? '') ? [importFinding('NAME_SUSPECT', { field })] : [],
  )
