import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { Issuers } from '../organisations/issuers.ts'
import type { OrganisationParams } from '../organisations/schemas.ts'

/** The Credential Issuer the address names. */
export const findIssuer =
  (issuers: Issuers) => async (request: FastifyRequest<{ Params: OrganisationParams }>) => {
    const issuer = await issuers.find(request.params.organisation)
    if (!issuer)
      throw new OAuthError('invalid_request', 'There is no credential issuer at this address', {
        status: 404,
      })
    request.exchange.issuer = issuer
  }
