import type { WalletContext } from '../context.ts'
import { describeTitle } from '../credentials/describe-title.ts'
import type { StoredCredential } from '../credentials/stored-credential.ts'
import { asHolder } from '../holders/holders.ts'
import { describeIssuer } from '../issuers/describe-issuer.ts'
import { type NotificationAddress, notifyIssuer } from '../issuers/notify-issuer.ts'
import { createHolderKey, openHolderKey, type PrivateJwk } from '../protocol/holder-key.ts'
import { IssuanceError } from './issuance-error.ts'
import type { OfferedConfiguration } from './offered-configuration.ts'
import { requestCredential } from './request-credential.ts'
import { requestToken } from './request-token.ts'
import { type ClaimedOffer, type RedemptionSession, saveSession } from './stored-offers.ts'
import { verifyReceived } from './verify-received.ts'

export interface AcceptedCredential {
  readonly content: StoredCredential
  readonly key: PrivateJwk
}

/** Token, then every credential that can be held here, each verified. Throws IssuanceError. */
export async function redeemOffer(
  context: WalletContext,
  holderId: string,
  claimed: ClaimedOffer,
  txCode: string | undefined,
): Promise<AcceptedCredential[]> {
  const session = claimed.session ?? (await openSession(context, holderId, claimed, txCode))
  const accepted: AcceptedCredential[] = []
  try {
    for (const configuration of claimed.content.configurations)
      if (configuration.vct !== undefined)
        accepted.push(
          await receive(context, claimed, session, { ...configuration, vct: configuration.vct }),
        )
  } catch (error) {
    // W-19: a batch that fails in part has failed.
    if (error instanceof IssuanceError && !error.isRetryable)
      for (const { content } of accepted)
        if (content.notification) notifyIssuer(context, content.notification, 'credential_failure')
    throw error
  }
  return accepted
}

/** From here on the code is spent: token and keys are kept before they are used. */
async function openSession(
  context: WalletContext,
  holderId: string,
  claimed: ClaimedOffer,
  txCode: string | undefined,
): Promise<RedemptionSession> {
  const { offer, issuer, configurations } = claimed.content
  const [server] = issuer.metadata.authorizationServers
  if (!server) throw new IssuanceError('issuer-metadata-invalid')
  const session: RedemptionSession = {
    grant: await requestToken(context, offer, server, txCode),
    keys: Object.fromEntries(configurations.map(({ id }) => [id, createHolderKey()])),
  }
  await asHolder(context, holderId, (tx, holder) => saveSession(tx, holder, claimed, session))
  return session
}

async function receive(
  context: WalletContext,
  claimed: ClaimedOffer,
  { grant, keys }: RedemptionSession,
  configuration: OfferedConfiguration & { vct: string },
): Promise<AcceptedCredential> {
  const { offer, issuer } = claimed.content
  const key = keys[configuration.id]
  if (!key) throw new Error('a redemption session lacks the key of its credential')
  const holderKey = openHolderKey(key)
  const { token, notificationId } = await requestCredential(context, {
    issuer,
    grant,
    configurationId: configuration.id,
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
  const { identifier, host, name } = describeIssuer(offer.issuer, issuer)
  const { iss } = verified.payload
  return {
    key,
    content: {
      token,
      vct: configuration.vct,
      title: describeTitle(verified.payload, configuration.name),
      issuer: {
        identifier,
        host,
        name,
        ...(typeof iss === 'string' && iss !== offer.issuer ? { iss } : {}),
      },
      issuerTrust: verified.issuerTrust,
      isBound: verified.isBound,
      labels: configuration.labels,
      ...(notification ? { notification } : {}),
    },
  }
}

function reportFailure(
  context: WalletContext,
  notification: NotificationAddress | undefined,
  error: unknown,
): never {
  if (notification && error instanceof IssuanceError && !error.isRetryable)
    notifyIssuer(context, notification, 'credential_failure')
  throw error
}
