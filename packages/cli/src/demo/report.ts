import type { Row } from './journal.ts'
import type { Report } from './present.ts'

export type Outcome = Report['outcome']
type Check = Report['checks'][number]
type MicroCredential = Report['microCredentials'][number]

const marks: Readonly<Record<Outcome, string>> = { valid: '✓', undetermined: '?', invalid: '✗' }

/** The report as an employer reads it: the outcome, every check, and what was shown. */
export const describeReport = (report: Report): Row[] => [
  ['report', summarise(report)],
  ['checks', report.checks.map(describeCheck)],
  ...report.microCredentials.flatMap(describeShown),
]

/** Only what keeps a report from being valid, and what to do about it. */
export const describeProblems = (report: Report): Row[] => [
  ['report', summarise(report)],
  ...report.checks
    .filter(({ outcome }) => outcome !== 'valid')
    .flatMap((check): Row[] => [
      ['', describeCheck(check)],
      ...(check.remedy ? [['', `  → ${check.remedy.en}`] as const] : []),
    ]),
]

export function summarise({ outcome, checks }: Report) {
  const passed = checks.filter((check) => check.outcome === 'valid').length
  return `${marks[outcome]} ${outcome}: ${passed} of ${checks.length} checks passed`
}

const describeCheck = ({ outcome, title, detail }: Check) =>
  `${marks[outcome]} ${title.en}: ${detail.en}`

function describeShown(shown: MicroCredential): Row[] {
  const { title, issuer, awardedOn, learningOutcomes = [], learner, result } = shown
  const name = [learner?.givenName, learner?.familyName].filter(Boolean).join(' ')
  return [
    ['shown', `${title} · ${issuer.name} · awarded ${awardedOn}`],
    ...(name ? [['learner', name] as const] : []),
    ...(learningOutcomes.length > 0 ? [['outcomes', learningOutcomes] as const] : []),
    ...describeSize(shown),
    ...(result?.grade ? [['grade', result.grade] as const] : []),
    ...describeValidation(shown),
  ]
}

function describeSize({ workload, levels = [] }: MicroCredential): Row[] {
  const parts = [
    ...(workload?.credits ?? []).map(({ value }) => `${value} credits`),
    ...(workload?.hours === undefined ? [] : [`${workload.hours} hours`]),
    ...levels.map(({ framework, level }) => `${framework} ${level}`),
  ]
  return parts.length > 0 ? [['size', parts.join(' · ')]] : []
}

function describeValidation({ validation }: MicroCredential): Row[] {
  if (!validation) return []
  const { standard, methods = [], assessedBy = [] } = validation
  const how = methods.map((method) => method.replaceAll('_', ' ')).join(', ')
  return [['validated', `${standard}: ${how}; assessed by ${assessedBy.join(', ')}`]]
}
