import type { FastifyReply, FastifyRequest } from 'fastify'
import { toProblem } from '../problems/handler.ts'
import { OAuthError } from './oauth-error.ts'

export interface OAuthErrorHandlerOptions {
  /** The code for a request that does not have the shape the endpoint needs. Default `invalid_request`. */
  readonly validationError?: string
}

/** Answers every error of a protocol plugin in the protocol's own form (I-45). Set it inside that plugin's scope. */
export const oauthErrorHandler =
  ({ validationError = 'invalid_request' }: OAuthErrorHandlerOptions = {}) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = error instanceof OAuthError ? error : toOAuthError(error, validationError)
    request.outcome = refusal.error
    if (refusal.status >= 500)
      request.log.error({ err: refusal.cause ?? refusal }, 'request failed')
    return reply
      .code(refusal.status)
      .headers(refusal.headers)
      .header('cache-control', 'no-store')
      .type('application/json')
      .send({ error: refusal.error, error_description: toDescription(refusal.description) })
  }

function toOAuthError(error: unknown, validationError: string): OAuthError {
  const problem = toProblem(error)
  const { code, errors, cause } = problem
  if (code === 'validation-failed') {
    const faults = errors?.map(
      ({ pointer, detail }) => `${pointer.slice(1) || 'The body'} ${detail}`,
    )
    return new OAuthError(validationError, faults?.join('; ') || 'The request is malformed.')
  }
  if (code === 'unavailable') {
    const headers = { 'retry-after': '5' }
    return new OAuthError('temporarily_unavailable', 'Try again in a moment.', {
      status: 503,
      headers,
      cause,
    })
  }
  if (code === 'internal-error')
    return new OAuthError('server_error', 'Something went wrong.', { status: 500, cause })
  if (code === 'rate-limited')
    return new OAuthError('slow_down', 'Too many requests.', { status: 429 })
  if (code === 'payload-too-large')
    return new OAuthError(validationError, 'The body is too large.', { status: 413 })
  if (code === 'not-found')
    return new OAuthError(validationError, 'There is nothing at this address.', { status: 404 })
  return new OAuthError(
    validationError,
    'The body cannot be read as the media type this endpoint takes.',
  )
}

/** RFC 6749 5.2: %x20-21 / %x23-5B / %x5D-7E. */
const toDescription = (text: string) =>
  text.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, '?').slice(0, 500)
