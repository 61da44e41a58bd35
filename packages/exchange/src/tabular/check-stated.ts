import type { AchievementContent } from '@mikromerit/credentials'
import { type ImportFinding, importFinding } from '../findings/import-finding.ts'
import type { AwardField } from './award-fields.ts'
import { readFieldOfEducation } from './read-values.ts'

/**
 * Compares what a table says about the micro-credential itself with its definition. An award has no credits of
 * its own: a row that states others is about something else.
 */
export function checkStated(
  values: ReadonlyMap<AwardField, string>,
  content: AchievementContent,
): ImportFinding[] {
  const findings: ImportFinding[] = []
  const credits = values.get('credits')
  const hours = values.get('hours')
  const { workload } = content
  const defined = workload?.credits?.map(({ value }) => value) ?? []
  if (credits !== undefined && !defined.includes(Number(credits)))
    findings.push(importFinding('WORKLOAD_CONTRADICTS', { field: 'credits' }))
  if (hours !== undefined && workload?.hours !== Number(hours))
    findings.push(importFinding('WORKLOAD_CONTRADICTS', { field: 'hours' }))
  return [...findings, ...checkField(values.get('fieldOfEducation'), content)]
}

function checkField(text: string | undefined, { fields = [] }: AchievementContent) {
  if (text === undefined) return []
  const position = { field: 'fieldOfEducation' }
  const read = readFieldOfEducation(text)
  if (!read) return [importFinding('ISCED_FORMAT', position)]
  const findings = read.isZeroLost ? [importFinding('ISCED_ZERO_LOST', position)] : []
  // A definition in a broader or narrower field does not contradict.
  const agrees = fields.some((uri) => {
    const code = uri.slice(uri.lastIndexOf('/') + 1)
    return code.startsWith(read.code) || read.code.startsWith(code)
  })
  return agrees ? findings : [...findings, importFinding('FIELD_CONTRADICTS', position)]
}
