/** From asking the learner to the award: every state but the first is final. */
export const compositeStates = [
  'pending',
  'fulfilled',
  'missing',
  'refused',
  'declined',
  'expired',
] as const
export type CompositeState = (typeof compositeStates)[number]
