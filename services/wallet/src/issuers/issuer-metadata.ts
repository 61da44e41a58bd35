import { Problem } from '@mikromerit/service-kit'
import {
  determineAuthorizationServerForCredentialOffer,
  type IssuerMetadataResult,
  Openid4vciClient,
  Openid4vciVersion,
} from '@openid4vc/openid4vci'
import type { WalletContext } from '../context.ts'
import { createCallbacks } from '../protocol/callbacks.ts'
import { isBlocked, isUnreachable } from '../protocol/unreachable.ts'
import { noteMaxAge } from './metadata-cache.ts'

/**
 * An issuer's metadata, cut down to the offered configurations and the one authorization server
 * that may receive the code (S-14: one session, one issuer, one authorization server).
 */
export interface OfferedIssuer {
  readonly metadata: IssuerMetadataResult
  readonly authorizationServer: string
  /** The metadata came signed, under one of our trust anchors (W-08). */
  readonly isCertified: boolean
}

/**
 * Fetches and checks the metadata of the issuer named in an offer (W-05 to W-08).
 * Throws `issuer-unreachable`, `issuer-metadata-invalid` or `offer-invalid`.
 */
export async function findOfferedIssuer(
  context: WalletContext,
  offer: {
    issuer: string
    configurationIds: readonly string[]
    authorizationServer?: string | undefined
  },
): Promise<OfferedIssuer> {
  const metadata = await findMetadata(context, offer)
  // S-28: a draft 11 issuer speaks another protocol; nothing is guessed.
  if (metadata.originalDraftVersion === Openid4vciVersion.Draft11)
    throw new Problem('issuer-metadata-invalid', {
      detail: 'The issuer publishes metadata of a draft, not of OpenID4VCI 1.0.',
    })
  const known = metadata.credentialIssuer.credential_configurations_supported
  if (offer.configurationIds.some((id) => !Object.hasOwn(known, id)))
    throw new Problem('offer-invalid', {
      detail: 'The offer names a credential configuration that the issuer does not have.',
    })
  const authorizationServer = chooseAuthorizationServer(metadata, offer)
  return {
    metadata: cutDown(metadata, offer.configurationIds, authorizationServer),
    authorizationServer,
    isCertified: metadata.signedCredentialIssuer !== undefined,
  }
}

/** As it was read lately, where the issuer lets it be kept; a configuration it has added since is reason to ask again. */
async function findMetadata(
  context: WalletContext,
  { issuer, configurationIds }: { issuer: string; configurationIds: readonly string[] },
): Promise<IssuerMetadataResult> {
  const kept = context.issuerMetadata.find(issuer)
  const known = kept?.credentialIssuer.credential_configurations_supported ?? {}
  return kept && configurationIds.every((id) => Object.hasOwn(known, id))
    ? kept
    : resolveMetadata(context, issuer)
}

async function resolveMetadata(
  context: WalletContext,
  issuer: string,
): Promise<IssuerMetadataResult> {
  const callbacks = createCallbacks(context)
  const { fetch, maxAge } = noteMaxAge(callbacks.fetch)
  const client = new Openid4vciClient({ callbacks: { ...callbacks, fetch } })
  try {
    const metadata = await client.resolveIssuerMetadata(issuer)
    // What is signed has an end of its own, which is looked at each time.
    context.issuerMetadata.keep(issuer, metadata, metadata.signedCredentialIssuer ? 0 : maxAge())
    return metadata
  } catch (error) {
    if (isUnreachable(error)) throw new Problem('issuer-unreachable')
    if (isBlocked(error))
      throw new Problem('issuer-metadata-invalid', {
        detail:
          'The issuer, or its authorization server, has an address that is not called from here.',
      })
    throw new Problem('issuer-metadata-invalid', {
      detail:
        'The metadata of the issuer or of its authorization server is missing, malformed or belongs to another identifier.',
    })
  }
}

/** W-06: a named server must be one of the issuer's; where there is no choice, only that one is used. */
function chooseAuthorizationServer(
  metadata: IssuerMetadataResult,
  offer: { issuer: string; authorizationServer?: string | undefined },
): string {
  const isOnlyServer =
    metadata.credentialIssuer.authorization_servers === undefined &&
    offer.authorizationServer === offer.issuer
  try {
    return determineAuthorizationServerForCredentialOffer({
      issuerMetadata: metadata,
      ...(offer.authorizationServer === undefined || isOnlyServer
        ? {}
        : { grantAuthorizationServer: offer.authorizationServer }),
    })
  } catch {
    throw new Problem('offer-invalid', {
      detail: "The offer and the issuer's metadata do not agree on one authorization server.",
    })
  }
}

function cutDown(
  metadata: IssuerMetadataResult,
  configurationIds: readonly string[],
  authorizationServer: string,
): IssuerMetadataResult {
  const pick = <T>(entries: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).filter(([id]) => configurationIds.includes(id)))
  const { signedCredentialIssuer: _signed, ...rest } = metadata
  return {
    ...rest,
    credentialIssuer: {
      ...metadata.credentialIssuer,
      credential_configurations_supported: pick(
        metadata.credentialIssuer.credential_configurations_supported,
      ),
    },
    authorizationServers: metadata.authorizationServers.filter(
      ({ issuer }) => issuer === authorizationServer,
    ),
    knownCredentialConfigurations: pick(metadata.knownCredentialConfigurations),
  }
}
