import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import { established } from '../exchange.ts'
import { findConfiguration, isSwitchedOn } from '../metadata/configurations.ts'
import type { AccessToken, AuthorisedCredential } from '../protocol-tokens.ts'
import type { CredentialRequest } from './schemas.ts'

/** OpenID4VCI 8.2: which credential is asked for, and whether the token covers it (I-29 to I-31). */
export async function checkConfiguration(request: FastifyRequest<{ Body: CredentialRequest }>) {
  const token = established(request, 'accessToken')
  const authorised = isNamed(token)
    ? findByIdentifier(token, request.body)
    : findByConfiguration(token, request.body)
  const configuration = findConfiguration(authorised.configurationId)
  const { settings } = established(request, 'issuer')
  // What was offered while it was switched on is not issued any more once it is switched off.
  if (!configuration || !isSwitchedOn(settings, configuration.format)) throw unknownConfiguration()
  request.exchange.authorised = authorised
  request.exchange.configuration = configuration
}

/** Whether the token response returned credential_identifiers: then they alone name a credential (I-29). */
const isNamed = ({ authorised }: AccessToken) =>
  authorised.some(({ credentialIdentifier }) => credentialIdentifier !== undefined)

function findByIdentifier(
  { authorised }: AccessToken,
  { credential_configuration_id: id, credential_identifier: identifier }: CredentialRequest,
): AuthorisedCredential {
  if (identifier === undefined || id !== undefined) throw misnamed('credential_identifier')
  const found = authorised.find(({ credentialIdentifier }) => credentialIdentifier === identifier)
  // Identifiers live in one token: another token's is as unknown here as one that never was (I-30).
  if (!found)
    throw new OAuthError(
      'unknown_credential_identifier',
      'The access token stands for no credential of this identifier',
    )
  return found
}

function findByConfiguration(
  { authorised }: AccessToken,
  { credential_configuration_id: id, credential_identifier: identifier }: CredentialRequest,
): AuthorisedCredential {
  if (id === undefined || identifier !== undefined) throw misnamed('credential_configuration_id')
  if (!findConfiguration(id)) throw unknownConfiguration()
  const found = authorised.find(({ configurationId }) => configurationId === id)
  if (!found)
    throw new OAuthError('insufficient_scope', 'The access token does not cover this credential', {
      status: 403,
      wwwAuthenticate: 'Bearer error="insufficient_scope"',
    })
  return found
}

const misnamed = (parameter: string) =>
  new OAuthError(
    'invalid_credential_request',
    `The request must name its credential by ${parameter} alone`,
  )

const unknownConfiguration = () =>
  new OAuthError(
    'unknown_credential_configuration',
    'The issuer has no credential configuration of this id',
  )
