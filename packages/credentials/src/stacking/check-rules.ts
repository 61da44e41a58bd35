import { findConcept } from '../code-lists/code-list.ts'
import { creditFrameworks } from '../code-lists/credits.ts'
import { findFieldOfEducation } from '../code-lists/fields-of-education.ts'
import type { Finding } from '../domain/finding.ts'
import { finding } from '../domain/finding-messages.ts'
import { listRequirements, type StackingRule, type StackingRules } from './rules.ts'

const kinds = ['all', 'any', 'achievement', 'credits', 'hours', 'outcomes'] as const

/** Requirements a definition may have in all: what a person can still take in, and a search decide. */
const maxRequirements = 60

/** Whether rules that others published are small enough to be evaluated. */
export const areEvaluable = ({ rule }: StackingRules): boolean =>
  listRequirements(rule).length <= maxRequirements

/** Rules on stacking rules (domain.md section 8). What needs other definitions is for the issuer to check. */
export function checkStackingRules(rules: StackingRules | undefined): Finding[] {
  if (!rules) return []
  const findings = checkRule(rules.rule, ['stackingRules', 'rule'])
  if (!areEvaluable(rules)) findings.push(finding('STACK_RULES_MANY', 'stackingRules', 'rule'))
  const credits = rules.constraints?.credits
  if (credits && !findConcept(creditFrameworks, credits.framework))
    findings.push(
      finding(
        'CREDIT_FRAMEWORK_UNKNOWN',
        ...['stackingRules', 'constraints', 'credits', 'framework'],
      ),
    )
  return findings
}

function checkRule(rule: StackingRule, path: readonly (string | number)[]): Finding[] {
  const { all, any, min, alternatives, achievement, credits } = rule
  const findings: Finding[] = []
  const isClear = kinds.filter((kind) => rule[kind] !== undefined).length === 1
  if (!isClear || (alternatives && achievement === undefined) || (min !== undefined && !any))
    findings.push(finding('STACK_RULE_UNCLEAR', ...path))
  if (any && (min ?? 1) > any.length) findings.push(finding('STACK_UNREACHABLE', ...path, 'min'))
  if (credits && !findConcept(creditFrameworks, credits.framework))
    findings.push(finding('CREDIT_FRAMEWORK_UNKNOWN', ...path, 'credits', 'framework'))
  for (const name of ['credits', 'hours'] as const)
    for (const [at, field] of (rule[name]?.from?.fields ?? []).entries())
      if (!findFieldOfEducation(field))
        findings.push(finding('ISCED_FORMAT', ...path, name, 'from', 'fields', at))
  return [
    ...findings,
    ...(all ?? []).flatMap((part, at) => checkRule(part, [...path, 'all', at])),
    ...(any ?? []).flatMap((part, at) => checkRule(part, [...path, 'any', at])),
  ]
}
