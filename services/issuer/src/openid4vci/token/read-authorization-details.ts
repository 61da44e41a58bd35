import { isObject, parseJson } from '@mikromerit/credentials'
import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import { established } from '../exchange.ts'
import { findConfiguration, isSwitchedOn } from '../metadata/configurations.ts'
import type { TokenRequest } from './schemas.ts'

/** An offer lists fewer: more entries can only repeat themselves. */
const maxDetails = 32

const invalidDetails = (description: string) =>
  new OAuthError('invalid_authorization_details', description)

/**
 * OpenID4VCI 6.1.1, RFC 9396 5: the credential configurations the wallet wants of those it is authorised for (I-16,
 * I-18). Members we do not know are ignored; types we do not know are refused.
 */
export async function readAuthorizationDetails(request: FastifyRequest<{ Body: TokenRequest }>) {
  const text = request.body.authorization_details
  if (text === undefined) return
  const parsed = parseJson(text)
  if (!parsed.ok || !Array.isArray(parsed.value))
    throw invalidDetails('The parameter authorization_details must be a JSON array')
  const details: readonly unknown[] = parsed.value
  if (details.length === 0 || details.length > maxDetails)
    throw invalidDetails('The parameter authorization_details has no, or too many, entries')
  const { settings } = established(request, 'issuer')
  const wanted = details.map((detail) => {
    const configuration = findConfiguration(readConfigurationId(detail))
    if (!configuration || !isSwitchedOn(settings, configuration.format))
      throw invalidDetails('The issuer has no credential configuration of this id')
    return configuration.id
  })
  request.exchange.wanted = [...new Set(wanted)]
}

function readConfigurationId(detail: unknown): string {
  if (!isObject(detail) || detail.type !== 'openid_credential')
    throw invalidDetails('Each entry must be an object of the type openid_credential')
  const { credential_configuration_id: id } = detail
  if (typeof id !== 'string')
    throw invalidDetails('Each entry must name its credential_configuration_id')
  return id
}
