import type { WalletContext } from '../context.ts'
import { describeTitle } from '../credentials/describe-title.ts'
import { isCredentialFormat } from '../credentials/formats.ts'
import { identify } from '../credentials/identity.ts'
import type { StoredCredential } from '../credentials/stored-credential.ts'
import { asHolder } from '../holders/holders.ts'
import { describeIssuer, type IssuerDescription } from '../issuers/describe-issuer.ts'
import { type NotificationAddress, notifyIssuer } from '../issuers/notify-issuer.ts'
import { openHolderKey, type PrivateJwk } from '../protocol/holder-key.ts'
import type { StoredStatus } from '../statuses/stored-status.ts'
import { IssuanceError } from './issuance-error.ts'
import { isHoldable, type OfferedConfiguration } from './offered-configuration.ts'
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
  readonly status: StoredStatus
}

/** A credential of the offer that did not come, or was not kept. */
export interface RefusedCredential {
  readonly configuration: OfferedConfiguration
  readonly error: IssuanceError
}

export interface Received {
  readonly accepted: readonly AcceptedCredential[]
  readonly refused: readonly RefusedCredential[]
  /** The session after this: what was accepted is marked, and is not asked for again. */
  readonly session: RedemptionSession
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

/**
 * Asks for every credential of the session that is not held yet, and verifies each for itself: one that is refused
 * takes none of the others along. An issuer that does not answer is not asked for the rest.
 */
export async function receiveCredentials(
  context: WalletContext,
  opened: OpenedOffer,
): Promise<Received> {
  const accepted: AcceptedCredential[] = []
  const refused: RefusedCredential[] = []
  const requests: PlannedRequest[] = []
  let outage: IssuanceError | undefined
  for (const request of opened.session.requests) {
    const configuration = findConfiguration(opened, request)
    const received =
      request.isHeld || outage
        ? outage
        : await tryToReceive(context, opened, request, configuration)
    if (received instanceof IssuanceError) {
      if (received.isRetryable) outage = received
      if (!request.isHeld) refused.push({ configuration, error: received })
    } else if (received) accepted.push(received)
    const isHeld = request.isHeld || (received && !(received instanceof IssuanceError))
    requests.push(isHeld ? { ...request, isHeld: true } : request)
  }
  return { accepted, refused, session: { ...opened.session, requests } }
}

function findConfiguration(
  { content: { configurations } }: OpenedOffer,
  { configurationId }: PlannedRequest,
): OfferedConfiguration {
  const configuration = configurations.find(({ id }) => id === configurationId)
  if (!configuration || !isHoldable(configuration))
    throw new Error('a planned credential was not offered')
  return configuration
}

async function tryToReceive(
  ...parameters: Parameters<typeof receive>
): Promise<AcceptedCredential | IssuanceError> {
  try {
    return await receive(...parameters)
  } catch (error) {
    if (error instanceof IssuanceError) return error
    throw error
  }
}

async function receive(
  context: WalletContext,
  { id: offerId, content: { offer, issuer }, session: { grant } }: OpenedOffer,
  { configurationId, credentialIdentifier, key }: PlannedRequest,
  configuration: OfferedConfiguration,
): Promise<AcceptedCredential> {
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
    types: configuration.types,
    holderKey: holderKey.publicJwk,
    issuerIdentifier: offer.issuer,
    isBindingExpected: configuration.isBindingExpected,
  }).catch((error: unknown) => reportFailure(context, notification, error))
  return {
    key,
    status: verified.status,
    content: {
      ...describeReceipt(configuration, verified, describeIssuer(offer.issuer, issuer)),
      token,
      offerId,
      ...(notification ? { notification } : {}),
    },
  }
}

function describeReceipt(
  { format, vct, name: configurationName, labels }: OfferedConfiguration,
  { opened, iss, issuerTrust, isBound }: VerifiedReceipt,
  { identifier, host, name }: IssuerDescription,
): Omit<StoredCredential, 'token' | 'offerId' | 'notification'> {
  const other = iss !== undefined && iss !== identifier ? { iss } : {}
  return {
    ...(isCredentialFormat(format) ? { format } : {}),
    ...(vct === undefined ? {} : { vct }),
    ...(opened.vc ? { types: opened.vc.facts.types } : {}),
    title: describeTitle(opened, configurationName),
    issuer: { identifier, host, name, ...other },
    issuerTrust,
    isBound,
    labels,
    identity: identify(opened),
  }
}

function reportFailure(
  context: WalletContext,
  notification: NotificationAddress | undefined,
  error: unknown,
): never {
  const isFinal = error instanceof IssuanceError && !error.isRetryable
  if (notification && isFinal) notifyIssuer(context, notification, 'credential_failure')
  throw error
}
