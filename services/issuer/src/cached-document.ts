import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A public document that is the same for everyone until it changes. */
export interface CachedDocument {
  readonly body: string
  readonly mediaType: string
  readonly etag: string
  /** The body in gzip content coding, made when it is first asked for. */
  gzip(): Buffer
}

export function buildDocument(body: string, mediaType: string): CachedDocument {
  let compressed: Buffer | undefined
  return {
    body,
    mediaType,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    gzip: () => {
      compressed ??= gzipSync(body)
      return compressed
    },
  }
}

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
  const { headers } = request
  const isCompressed = document.body.length > worthCompressing && acceptsGzip(headers)
  // RFC 9110 8.8.3.3: another coding is another representation.
  const etag = isCompressed ? document.etag.replace(/"$/, '-gzip"') : document.etag
  reply
    .header('cache-control', cacheControl)
    .header('etag', etag)
    .header('access-control-allow-origin', '*')
    // I-02: signed metadata and languages may come to depend on these; caches are told already.
    .header('vary', 'Accept, Accept-Encoding, Accept-Language')
  if (isHeldByClient(headers['if-none-match'], etag)) return reply.code(304).send()
  reply.type(document.mediaType)
  if (!isCompressed) return reply.send(document.body)
  return reply.header('content-encoding', 'gzip').send(document.gzip())
}

/** Below this a packet is saved by nothing. */
const worthCompressing = 1_024

const acceptsGzip = ({ 'accept-encoding': codings = '' }: FastifyRequest['headers']) =>
  String(codings)
    .split(',')
    .some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding))

/** RFC 9110 13.1.2: a list of entity tags, compared weakly. */
const isHeldByClient = (ifNoneMatch: string | undefined, etag: string) =>
  ifNoneMatch?.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, ''))) ??
  false
