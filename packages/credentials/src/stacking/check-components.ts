import type { ComponentRef } from '../domain/component.ts'
import type { StackingCredential } from './credential.ts'

/** What became of a part after the whole was awarded. */
export interface ComponentState {
  /** Position among the parts of the whole. */
  readonly index: number
  readonly state: 'valid' | 'revoked' | 'suspended' | 'invalid' | 'undetermined' | 'not_shown'
}

/**
 * Compares the parts a whole was built of with credentials that are shown beside it. A part that was revoked after
 * stacking revokes nothing by itself, but must be seen (domain.md section 5).
 */
export const checkComponents = (
  components: readonly Pick<ComponentRef, 'awardId' | 'credentialDigest'>[],
  shown: readonly StackingCredential[],
): ComponentState[] =>
  components.map((component, index) => {
    const found = shown.filter(({ microCredential: { awardId, credentialDigest } }) =>
      [
        component.credentialDigest !== undefined && component.credentialDigest === credentialDigest,
        component.awardId !== undefined && component.awardId === awardId,
      ].includes(true),
    )
    return { index, state: worstState(found) }
  })

// Of several formats of one award, a revoked one says more than a valid copy that is not checked any more.
function worstState(found: readonly StackingCredential[]): ComponentState['state'] {
  const states = new Set(found.map(({ status, outcome }) => status ?? outcome))
  const order = ['revoked', 'suspended', 'invalid', 'undetermined', 'valid'] as const
  return order.find((state) => states.has(state)) ?? 'not_shown'
}
