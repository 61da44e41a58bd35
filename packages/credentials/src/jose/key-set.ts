import type { PublicJwk } from './jwk.ts'

/** A key of an issuer and the time within which it signed. */
export interface IssuerKey {
  readonly kid: string
  readonly publicJwk: PublicJwk
  /** Signatures before this instant are not this key's. */
  readonly notBefore?: Date
  /** Signatures after this instant are not to be trusted. */
  readonly notAfter?: Date
}

/**
 * The keys that may have signed at an instant, by `kid` when the token names one. `kid` is only a look-up
 * string (S-06), so several keys may share it and all are candidates, up to a bound.
 */
export const findIssuerKeys = (
  keys: readonly IssuerKey[],
  { kid, at }: { readonly kid?: string; readonly at: Date },
): IssuerKey[] =>
  keys
    .filter((key) => kid === undefined || key.kid === kid)
    .filter(
      ({ notBefore, notAfter }) => (!notBefore || notBefore <= at) && (!notAfter || at <= notAfter),
    )
    .slice(0, 8)
