/** What an award's credentials say about it. Pure: time and state come in as arguments. */
export const awardStatuses = ['valid', 'suspended', 'revoked'] as const
export type AwardStatus = (typeof awardStatuses)[number]

export interface StatusChange {
  readonly from: AwardStatus
  readonly to: AwardStatus
  readonly reason: string
  readonly at: Date
}

export type StatusDecision =
  | { ok: true; change: StatusChange }
  | { ok: false; code: 'revocation-is-final' | 'status-unchanged' | 'reason-missing' }

// Revocation is final: whoever saw a revoked credential must never later see it valid.
const allowed: Readonly<Record<AwardStatus, readonly AwardStatus[]>> = {
  valid: ['suspended', 'revoked'],
  suspended: ['valid', 'revoked'],
  revoked: [],
}

/** Decides whether an award's status may change, and why not. */
export function decideStatus(
  from: AwardStatus,
  to: AwardStatus,
  reason: string,
  at: Date,
): StatusDecision {
  if (from === to) return { ok: false, code: 'status-unchanged' }
  if (!allowed[from].includes(to)) return { ok: false, code: 'revocation-is-final' }
  if (reason.trim() === '') return { ok: false, code: 'reason-missing' }
  return { ok: true, change: { from, to, reason: reason.trim(), at } }
}

/** Values in a Token Status List; no others are written, and others read as undetermined. */
export const statusBits: Readonly<Record<AwardStatus, number>> = {
  valid: 0x00,
  revoked: 0x01,
  suspended: 0x02,
}
