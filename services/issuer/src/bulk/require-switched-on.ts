import { Problem } from '@mikromerit/service-kit'
import { findSwitchRefusal, namesRulebookFormat } from '../offers/check-formats.ts'
import type { Runtime } from '../runtime.ts'
import type { BulkAction } from './action.ts'

/**
 * Refuses a job whose every offer would be refused; whether a format is for an award, each row tells.
 * @throws Problem format-not-switched-on
 */
export async function requireSwitchedOn(
  { issuers }: Runtime,
  organisationId: string,
  action: BulkAction,
): Promise<void> {
  if (action.kind === 'status' || action.kind === 'signing') return
  if (!namesRulebookFormat(action.offer)) return
  const issuer = await issuers.find(organisationId)
  const refusal = findSwitchRefusal({ settings: issuer?.settings ?? {} }, action.offer)
  if (refusal) throw new Problem(refusal)
}
