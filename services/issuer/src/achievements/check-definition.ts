import {
  type AchievementContent,
  type AchievementDraft,
  checkAchievement,
  creditFrameworks,
  type Finding,
  finding,
  findStackingCycle,
  listRequirements,
  normaliseAchievement,
  stockholmDate,
  toConceptUri,
} from '@mikromerit/credentials'
import type { Clock, Transaction } from '@mikromerit/service-kit'
import type { IssuerConfig } from '../config.ts'
import { buildIdentifier } from '../organisations/identifier.ts'
import { loadStackingReferences, referencesOf } from './stacking-references.ts'

export interface DefinitionCheck {
  readonly config: Pick<IssuerConfig, 'PUBLIC_URL'>
  readonly clock: Clock
  readonly organisationId: string
  readonly id: string
}

/** All rules on a definition: those on itself, and those that need the definitions it is to be stacked of. */
export async function checkDefinition(
  tx: Transaction,
  { config, clock, organisationId, id }: DefinitionCheck,
  draft: AchievementDraft,
): Promise<Finding[]> {
  const findings = checkAchievement(draft, stockholmDate(clock.now()))
  if (!draft.stackingRules) return findings
  const publicUrl = config.PUBLIC_URL
  const url = `${buildIdentifier(publicUrl, organisationId)}/achievements/${id}`
  const content = normaliseAchievement(draft)
  const known = await loadStackingReferences(tx, { publicUrl, organisationId, url, content })
  const references = new Map([...known].map(([one, found]) => [one, referencesOf(found)]))
  return [
    ...findings,
    ...(findStackingCycle(url, references) ? [finding('STACK_CYCLE', 'stackingRules')] : []),
    ...(isOutOfReach(content, known) ? [finding('STACK_UNREACHABLE', 'stackingRules')] : []),
  ]
}

/** Whether all named parts together have fewer credits than are demanded; unknown when one is another provider's. */
function isOutOfReach(
  { stackingRules }: AchievementContent,
  known: ReadonlyMap<string, AchievementContent>,
): boolean {
  const needed = stackingRules?.constraints?.credits
  if (!stackingRules || !needed) return false
  const isOpen = listRequirements(stackingRules.rule).some(({ rule }) => !rule.achievement)
  const parts = referencesOf({ stackingRules }).map((url) => known.get(url))
  if (isOpen || parts.includes(undefined)) return false
  const framework = toConceptUri(creditFrameworks, needed.framework)
  const reached = parts
    .flatMap((part) => part?.workload?.credits ?? [])
    .filter((credit) => credit.framework === framework)
    .reduce((sum, { value }) => sum + Math.round(value * 100), 0)
  return reached < Math.round(needed.min * 100)
}
