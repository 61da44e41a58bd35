import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { Runtime } from '../../runtime.ts'
import { isGranted } from '../authorization/authorization.ts'
import { established } from '../exchange.ts'

const scheme = 'bearer'

/** RFC 6750 2.1: the token comes in the header, and only there (I-56); the scheme is read without case. */
export const requireAccessToken = (runtime: Runtime) => async (request: FastifyRequest) => {
  const { organisationId } = established(request, 'issuer')
  const token = readBearerToken(request.headers.authorization)
  // RFC 6750 3.1: without credentials the challenge carries no error.
  if (token === undefined) throw unauthorized('An access token is needed', 'Bearer')
  const opened = runtime.protocolTokens.openAccessToken(token, organisationId, runtime.clock.now())
  // I-25, RFC 9449 7.1: a token bound to a key is worth nothing without a proof of that key.
  if (!opened.ok || opened.value.dpopJkt !== undefined)
    throw unauthorized('The access token is not valid here', 'Bearer error="invalid_token"')
  const { authorizationId: id } = opened.value
  if (id !== undefined && !(await isGranted(runtime, { organisationId, id })))
    throw unauthorized('The access token was taken back', 'Bearer error="invalid_token"')
  request.exchange.accessToken = opened.value
}

const unauthorized = (description: string, wwwAuthenticate: string) =>
  new OAuthError('invalid_token', description, { status: 401, wwwAuthenticate })

function readBearerToken(header: string | undefined): string | undefined {
  const [name, token, ...rest] = header?.split(' ') ?? []
  if (name?.toLowerCase() !== scheme || !token || rest.length > 0) return undefined
  return token
}
