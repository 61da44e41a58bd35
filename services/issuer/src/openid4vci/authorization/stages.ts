/** How far an authorization has come. */
export const stages = [
  'pushed',
  'signing_in',
  'returned',
  'consenting',
  'code',
  'granted',
  'revoked',
] as const
export type Stage = (typeof stages)[number]

/** How long each stage may last. A code is good for a minute (I-21). */
export const stageSeconds = {
  pushed: 90,
  signing_in: 600,
  returned: 60,
  consenting: 600,
  code: 60,
  // As long as its refresh tokens are.
  granted: 30 * 24 * 3_600,
  revoked: 30 * 24 * 3_600,
} as const satisfies Record<Stage, number>
