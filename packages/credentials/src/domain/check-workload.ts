import { findConcept } from '../code-lists/code-list.ts'
import { creditFrameworks } from '../code-lists/credits.ts'
import type { AchievementDraft } from './achievement.ts'
import type { Finding } from './finding.ts'
import { type FindingCode, finding } from './finding-messages.ts'

/** Hours that one credit stands for, and how many credits are a lot. */
const systems: Readonly<
  Record<string, { least: number; most: number; large: number; mismatch: FindingCode }>
> = {
  ects: { least: 25, most: 30, large: 30, mismatch: 'WORKLOAD_ECTS_MISMATCH' },
  yhp: { least: 7, most: 9, large: 150, mismatch: 'WORKLOAD_YH_MISMATCH' },
}

/** Rules on the notional workload (element 7). */
export function checkWorkload({ workload, setting }: AchievementDraft): Finding[] {
  // Nobody planned hours for what was learned informally.
  if (!workload) return setting === 'informal' ? [] : [finding('WORKLOAD_MISSING', 'workload')]
  const { hours, credits = [] } = workload
  if (hours === undefined && credits.length === 0) return [finding('WORKLOAD_MISSING', 'workload')]
  const findings = credits.flatMap(({ framework, value }, index) => {
    const here = ['workload', 'credits', index] as const
    const concept = findConcept(creditFrameworks, framework)
    if (!concept) return [finding('CREDIT_FRAMEWORK_UNKNOWN', ...here, 'framework')]
    const found: Finding[] = []
    if (concept.code === 'ects' && !Number.isInteger(value * 2))
      found.push(finding('CREDIT_STEP', ...here, 'value'))
    const system = systems[concept.code]
    if (system && value > system.large) found.push(finding('SIZE_LARGE', ...here, 'value'))
    const ratio = hours === undefined ? undefined : hours / value
    if (system && ratio !== undefined && (ratio < system.least || ratio > system.most))
      found.push(finding(system.mismatch, 'workload'))
    return found
  })
  return (hours ?? 0) > 800 ? [...findings, finding('SIZE_LARGE', 'workload', 'hours')] : findings
}
