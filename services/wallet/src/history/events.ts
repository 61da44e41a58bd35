/** `presented` is written before anything is sent: whatever fails later, the learner knows what may have left. */
export const historyEvents = [
  'credential_received',
  'credential_deleted',
  'offer_declined',
  'presented',
  'presentation_failed',
  'presentation_declined',
  'credential_shared',
  'share_withdrawn',
] as const
export type HistoryEvent = (typeof historyEvents)[number]
