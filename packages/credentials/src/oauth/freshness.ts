/** How old a proof made for one request may be, and how far ahead its maker's clock. Seconds. */
export interface Freshness {
  readonly now: Date
  /** Default 300. */
  readonly maxAgeSeconds?: number
  /** Default 60, and never more (S-25). */
  readonly clockSkewSeconds?: number
}

/** Whether a token was made at `iat`, as a number, within the window. */
export function isFresh(
  iat: unknown,
  { now, maxAgeSeconds = 300, ...rest }: Freshness,
): iat is number {
  if (typeof iat !== 'number' || !Number.isFinite(iat)) return false
  const skew = Math.min(rest.clockSkewSeconds ?? 60, 60)
  const age = now.getTime() / 1000 - iat
  return age >= -skew && age <= maxAgeSeconds
}

/** Whether a time claim of RFC 7519, where there is one, lies ahead (`exp`) or behind (`nbf`). */
export function isInForce({ exp, nbf }: Record<string, unknown>, { now }: Freshness): boolean {
  const seconds = now.getTime() / 1000
  const isAhead = exp === undefined || (typeof exp === 'number' && exp > seconds)
  // A minute for clocks that differ; none for what has expired.
  const isBehind = nbf === undefined || (typeof nbf === 'number' && nbf <= seconds + 60)
  return isAhead && isBehind
}

/** A `jti` that can be recorded: text of a reasonable length. */
export const isTokenId = (jti: unknown): jti is string =>
  typeof jti === 'string' && jti.length > 0 && jti.length <= 256
