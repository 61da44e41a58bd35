/** What a wallet may report about a credential it received (OpenID4VCI 11.1). */
export const notificationEvents = [
  'credential_accepted',
  'credential_failure',
  'credential_deleted',
] as const
export type NotificationEvent = (typeof notificationEvents)[number]
