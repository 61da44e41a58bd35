const hourMs = 3_600_000
const dayMs = 86_400_000

/** When a credential says it was made, and until when it is technically valid. */
export interface Validity {
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** When the competence itself lapses, if it does. */
  readonly lapsesAt: Date | undefined
}

/**
 * The times of a credential. Rounded down to the hour, so that two credentials cannot be told to belong
 * together by the second they were made (I-48), and `iat` never lies in the future.
 * Undefined when the competence itself has lapsed: `exp` never passes the award's validUntil.
 * @param validUntil last day of the competence, YYYY-MM-DD (UTC)
 */
export function decideValidity(
  now: Date,
  lifetimeDays: number,
  validUntil: string | undefined,
): Validity | undefined {
  const issuedAt = new Date(Math.floor(now.getTime() / hourMs) * hourMs)
  const technical = issuedAt.getTime() + lifetimeDays * dayMs
  // The day itself counts: up to its last second.
  const lapsesAt = validUntil === undefined ? undefined : new Date(`${validUntil}T23:59:59Z`)
  const expiresAt = new Date(Math.min(technical, lapsesAt?.getTime() ?? technical))
  return expiresAt > now ? { issuedAt, expiresAt, lapsesAt } : undefined
}
