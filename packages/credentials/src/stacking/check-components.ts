import type { MicroCredential } from '../formats/micro-credential.ts'
import type { StackingCredential } from './credential.ts'
import { type ReportedCredentials, takeReportApart } from './from-report.ts'
import { namesOwnDefinition } from './own-definition.ts'

type Component = NonNullable<MicroCredential['components']>[number]

/**
 * Says of each part of a whole how it stands by now, as far as credentials of it are known beside the whole. A part that
 * was revoked after stacking revokes nothing by itself, but must be seen (domain.md section 5).
 */
export function checkComponents(
  whole: MicroCredential,
  known: readonly StackingCredential[],
): MicroCredential {
  const { components } = whole
  if (!components) return whole
  const states = components.map((component) => ({
    ...component,
    state: worstState(known.filter(({ microCredential }) => isOf(component, microCredential))),
  }))
  return { ...whole, components: states }
}

/** The same for every whole in a report, by the other credentials in it. */
export function checkReportedComponents<Report extends ReportedCredentials>(
  report: Report,
): Report & { readonly microCredentials: MicroCredential[] } {
  const microCredentials = [...report.microCredentials]
  if (!microCredentials.some(({ components }) => components)) return { ...report, microCredentials }
  const known = takeReportApart(report)
  return { ...report, microCredentials: microCredentials.map((one) => checkComponents(one, known)) }
}

/**
 * The credential that counted, or another of the same award. The award alone is anybody's to write: its credential has to
 * name the part's definition, and be of one who can speak for it.
 */
function isOf(component: Component, credential: MicroCredential): boolean {
  const { credentialDigest, awardId, achievementId } = component
  if (credentialDigest !== undefined && credentialDigest === credential.credentialDigest)
    return true
  return (
    awardId !== undefined &&
    awardId === credential.awardId &&
    achievementId === credential.achievementId &&
    namesOwnDefinition(credential)
  )
}

// Of several formats of one award, a revoked one says more than a valid copy that is not checked any more.
const order = ['revoked', 'suspended', 'invalid', 'undetermined', 'valid'] as const

function worstState(known: readonly StackingCredential[]): NonNullable<Component['state']> {
  const states = new Set(known.map(({ status, outcome }) => status ?? outcome))
  return order.find((state) => states.has(state)) ?? 'not_shown'
}
