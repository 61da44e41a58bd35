import { findRulebookRefusal, type RulebookCandidate } from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import { isRulebookFormat, isSwitchedOn } from '../openid4vci/metadata/configurations.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { OfferOptions } from './schemas.ts'

type Wish = Pick<OfferOptions, 'formats'> | undefined
type Decided = Pick<Issuer, 'settings'>

/** Whether an offer depends on what the award says: only then must the award be opened for it. */
export const namesRulebookFormat = (wish: Wish): boolean =>
  wish?.formats?.some(isRulebookFormat) ?? false

/** Whether the organisation issues what is to be offered: the code of the problem when it does not. */
export const findSwitchRefusal = ({ settings }: Decided, wish: Wish): string | undefined =>
  wish?.formats?.some((format) => !isSwitchedOn(settings, format))
    ? 'format-not-switched-on'
    : undefined

/** Why an award cannot be offered in the formats that are named; the code of the problem. Pure. */
export function findFormatRefusal(
  issuer: Decided,
  wish: Wish,
  candidate: RulebookCandidate,
): string | undefined {
  const refusal = findSwitchRefusal(issuer, wish)
  if (refusal) return refusal
  const refusals = (wish?.formats ?? [])
    .filter(isRulebookFormat)
    .map((format) => findRulebookRefusal(candidate, format))
  return refusals.find((one) => one !== undefined)?.replaceAll('_', '-')
}

/** @throws Problem format-not-switched-on, award-not-formal, award-of-validation, award-formal */
export function requireFormats(issuer: Decided, wish: Wish, candidate: RulebookCandidate): void {
  const refusal = findFormatRefusal(issuer, wish, candidate)
  if (refusal) throw new Problem(refusal)
}
