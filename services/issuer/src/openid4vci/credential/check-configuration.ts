import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import { established } from '../exchange.ts'
import { findConfiguration, isSwitchedOn } from '../metadata/configurations.ts'
import type { CredentialRequest } from './schemas.ts'

/** OpenID4VCI 8.2: which credential is asked for, and whether the token covers it (I-29 to I-31). */
export async function checkConfiguration(request: FastifyRequest<{ Body: CredentialRequest }>) {
  const { credential_configuration_id: id, credential_identifier: identifier } = request.body
  // Our token response names no credential_identifiers, so a wallet cannot use one.
  if (identifier !== undefined || id === undefined)
    throw new OAuthError(
      'invalid_credential_request',
      'The request must name its credential by credential_configuration_id alone',
    )
  const configuration = findConfiguration(id)
  const { settings } = established(request, 'issuer')
  // What was offered while it was switched on is not issued any more once it is switched off.
  if (!configuration || !isSwitchedOn(settings, configuration.format))
    throw new OAuthError(
      'unknown_credential_configuration',
      'The issuer has no credential configuration of this id',
    )
  if (!established(request, 'accessToken').configurationIds.includes(configuration.id))
    throw new OAuthError('insufficient_scope', 'The access token does not cover this credential', {
      status: 403,
      wwwAuthenticate: 'Bearer error="insufficient_scope"',
    })
  request.exchange.configuration = configuration
}
