import { AwardDraft, checkAward } from '@mikromerit/credentials'
import { Compile, type Validator } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { type ImportCode, type ImportFinding, importFinding } from '../findings/import-finding.ts'
import type { ImportableAchievement } from './import-item.ts'

export interface DraftChecks {
  readonly achievement: ImportableAchievement
  /** The day in Sweden, `YYYY-MM-DD`. */
  readonly today: string
}

/**
 * All that is wrong with an award somebody wrote: its form first, and when that is sound, the rules of domain.md
 * section 8. Each finding names its member by JSON Pointer.
 */
export function checkDraft(draft: unknown, checks: DraftChecks): ImportFinding[] {
  if (!isAwardDraft(draft)) return describeFaults(draft)
  return checkAward(draft, checks.achievement.content, checks.today).map(
    ({ pointer, ...finding }) => ({ ...finding, field: pointer }),
  )
}

let compiled: Validator | undefined

/** Compiled when first needed: not every process reads files. */
const validator = (): Validator => {
  compiled ??= Compile(AwardDraft)
  return compiled
}

export const isAwardDraft = (value: unknown): value is AwardDraft => validator().Check(value)

const mostFaults = 20

function describeFaults(draft: unknown): ImportFinding[] {
  const findings = new Map<string, ImportFinding>()
  for (const error of validator().Errors(draft)) {
    for (const { code, field } of describeFault(error)) {
      // One thing wrong with a member is enough to say.
      if (!findings.has(field)) findings.set(field, importFinding(code, { field }))
    }
    if (findings.size >= mostFaults) break
  }
  return [...findings.values()]
}

interface Fault {
  readonly code: ImportCode
  readonly field: string
}

function describeFault(error: TLocalizedValidationError): Fault[] {
  const field = error.instancePath
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => toMissing(`${field}/${name}`))
    // The error says where, not what it is called: a name is something received, too.
    case 'additionalProperties':
      return [{ code: 'VALUE_UNKNOWN', field }]
    case 'boolean':
      return []
    case 'format':
      return [{ code: formatFaults[error.params.format] ?? 'VALUE_INVALID', field }]
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return [toMissing(field)]
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return [{ code: 'VALUE_TOO_LONG', field }]
    default:
      return [{ code: 'VALUE_INVALID', field }]
  }
}

const formatFaults: Readonly<Record<string, ImportCode>> = {
  date: 'DATE_INVALID',
  email: 'EMAIL_INVALID',
}

const toMissing = (field: string): Fault => ({
  code: field === '/learner/familyName' ? 'NAME_MISSING' : 'VALUE_MISSING',
  field,
})
