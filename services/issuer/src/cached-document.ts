import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A public document that is the same for everyone until it changes. */
export interface CachedDocument {
  readonly body: string
  readonly mediaType: string
  readonly etag: string
}

export const buildDocument = (body: string, mediaType: string): CachedDocument => ({
  body,
  mediaType,
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
})

export const buildJsonDocument = (value: unknown) =>
  buildDocument(JSON.stringify(value), 'application/json')

/**
 * Answers with the document, or 304 when the client has it.
 * Readable from any origin: wallets run in browsers, and nothing here depends on who asks.
 */
export function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  document: CachedDocument,
  cacheControl: string,
) {
  reply
    .header('cache-control', cacheControl)
    .header('etag', document.etag)
    .header('access-control-allow-origin', '*')
  if (isHeldByClient(request.headers['if-none-match'], document.etag)) return reply.code(304).send()
  return reply.type(document.mediaType).send(document.body)
}

/** RFC 9110 13.1.2: a list of entity tags, compared weakly. */
const isHeldByClient = (ifNoneMatch: string | undefined, etag: string) =>
  ifNoneMatch?.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, ''))) ??
  false
