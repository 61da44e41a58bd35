/** `presented` is written before anything is sent: whatever fails later, the learner knows what may have left. */
export const historyEvents = [
  'credential_received',
  'credential_deleted',
  'offer_declined',
  'presented',
  'presentation_failed',
  'presentation_declined',
] as const
export type HistoryEvent = (typeof historyEvents)[number]
