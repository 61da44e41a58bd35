import { resourceRequest } from '@openid4vc/oauth2'
import type { WalletContext } from '../context.ts'
import { type AccessGrant, authorise } from '../protocol/access-grant.ts'

/** Where and with what an issuer can be told what became of a credential. Sealed with the credential. */
export interface NotificationAddress {
  readonly id: string
  readonly endpoint: string
  readonly grant: AccessGrant
}

export type NotificationEvent = 'credential_accepted' | 'credential_failure' | 'credential_deleted'

/** OpenID4VCI 11, W-19: sent in the background; an unreachable or unwilling issuer never blocks the learner. */
export function notifyIssuer(
  context: WalletContext,
  address: NotificationAddress,
  event: NotificationEvent,
): void {
  context.background.start(`notification ${event}`, () =>
    resourceRequest({
      url: address.endpoint,
      ...authorise(context, address.grant),
      requestOptions: {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ notification_id: address.id, event }),
      },
    }),
  )
}
