import type { WalletContext } from '../context.ts'
import { describeTitle } from '../credentials/describe-title.ts'
import type { StoredCredential } from '../credentials/stored-credential.ts'
import { asHolder } from '../holders/holders.ts'
import { describeIssuer } from '../issuers/describe-issuer.ts'
import { type NotificationAddress, notifyIssuer } from '../issuers/notify-issuer.ts'
import { openHolderKey, type PrivateJwk } from '../protocol/holder-key.ts'
import { IssuanceError } from './issuance-error.ts'
import type { OfferedConfiguration } from './offered-configuration.ts'
import { planRequests } from './plan-requests.ts'
import { requestCredential } from './request-credential.ts'
import { requestToken } from './request-token.ts'
import {
  type ClaimedOffer,
  type PlannedRequest,
  type RedemptionSession,
  saveSession,
} from './stored-offers.ts'
import { type VerifiedReceipt, verifyReceived } from './verify-received.ts'

export interface AcceptedCredential {
  readonly content: StoredCredential
  readonly key: PrivateJwk
}

export type OpenedOffer = ClaimedOffer & { readonly session: RedemptionSession }

/** Redeems the code. From here on it is spent: token and keys are kept before they are used. Throws IssuanceError. */
export async function openSession(
  context: WalletContext,
  holderId: string,
  claimed: ClaimedOffer,
  txCode: string | undefined,
): Promise<OpenedOffer> {
  if (claimed.session) return { ...claimed, session: claimed.session }
  const { offer, issuer, configurations } = claimed.content
  const [server] = issuer.metadata.authorizationServers
  if (!server) throw new IssuanceError('issuer-metadata-invalid')
  const grant = await requestToken(context, offer, server, txCode)
  const session = { grant, requests: planRequests(configurations, grant) }
  const now = context.clock.now()
  return asHolder(context, holderId, (tx, holder) =>
    saveSession(tx, holder, claimed, { session, now }),
  )
}

/** Asks for every credential of the session and verifies each. Throws IssuanceError. */
export async function receiveCredentials(
  context: WalletContext,
  opened: OpenedOffer,
): Promise<AcceptedCredential[]> {
  const accepted: AcceptedCredential[] = []
  try {
    for (const request of opened.session.requests)
      accepted.push(await receive(context, opened, request))
  } catch (error) {
    // W-19: a batch that fails in part has failed.
    if (isFinal(error))
      for (const { content } of accepted)
        if (content.notification) notifyIssuer(context, content.notification, 'credential_failure')
    throw error
  }
  return accepted
}

async function receive(
  context: WalletContext,
  { content: { offer, issuer, configurations }, session: { grant } }: OpenedOffer,
  { configurationId, credentialIdentifier, key }: PlannedRequest,
): Promise<AcceptedCredential> {
  const configuration = configurations.find(({ id }) => id === configurationId)
  if (configuration?.vct === undefined) throw new Error('a planned credential was not offered')
  const holderKey = openHolderKey(key)
  const { token, notificationId } = await requestCredential(context, {
    issuer,
    grant,
    configurationId,
    credentialIdentifier,
    holderKey,
  })
  const endpoint = issuer.metadata.credentialIssuer.notification_endpoint
  const notification =
    notificationId === undefined || endpoint === undefined
      ? undefined
      : { id: notificationId, endpoint, grant }
  const verified = await verifyReceived(context, {
    token,
    vct: configuration.vct,
    holderKey: holderKey.publicJwk,
    issuerIdentifier: offer.issuer,
    isBindingExpected: configuration.isBindingExpected,
  }).catch((error: unknown) => reportFailure(context, notification, error))
  const described = describeIssuer(offer.issuer, issuer)
  return {
    key,
    content: {
      ...describeReceipt(configuration, verified, described),
      token,
      vct: configuration.vct,
      ...(notification ? { notification } : {}),
    },
  }
}

function describeReceipt(
  { name: configurationName, labels }: OfferedConfiguration,
  { payload, issuerTrust, isBound }: VerifiedReceipt,
  { identifier, host, name }: ReturnType<typeof describeIssuer>,
): Pick<StoredCredential, 'title' | 'issuer' | 'issuerTrust' | 'isBound' | 'labels'> {
  const { iss } = payload
  const other = typeof iss === 'string' && iss !== identifier ? { iss } : {}
  return {
    title: describeTitle(payload, configurationName),
    issuer: { identifier, host, name, ...other },
    issuerTrust,
    isBound,
    labels,
  }
}

function reportFailure(
  context: WalletContext,
  notification: NotificationAddress | undefined,
  error: unknown,
): never {
  if (notification && isFinal(error)) notifyIssuer(context, notification, 'credential_failure')
  throw error
}

const isFinal = (error: unknown): boolean => error instanceof IssuanceError && !error.isRetryable
