import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { failure, type OutboundDocument, type OutboundResult } from './outbound-result.ts'
import { readBytes } from './read-body.ts'

export interface OutboundRequest {
  /** the Accept header */
  readonly accept: string
  /** the media types an answer may have, without parameters; `+json` is any of that suffix; default those of `accept` */
  readonly mediaTypes?: readonly string[]
  /** default 512 KiB (standards section 6) */
  readonly maxBytes?: number
  /** for the whole exchange; default 5 seconds (standards S-20) */
  readonly timeoutMs?: number
  readonly headers?: Readonly<Record<string, string>>
  /** answers 304 when the document still has this ETag */
  readonly ifNoneMatch?: string | undefined
}

export interface RequestBody {
  readonly contentType: string
  readonly text: string
}

const defaultMaxBytes = 512 * 1024

/** One exchange: the status, media type and size are checked before anybody reads the body. */
export async function sendRequest(
  dispatcher: Dispatcher,
  url: URL,
  options: OutboundRequest,
  signal: AbortSignal,
  content?: RequestBody,
): Promise<OutboundResult<OutboundDocument<Buffer>>> {
  const { statusCode, headers, body } = await dispatcher.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: content ? 'POST' : 'GET',
    headers: requestHeaders(options, content),
    body: content?.text ?? null,
    signal,
  })
  const refusal = refuse(statusCode, headers, options)
  if (refusal) {
    // An error's body is never used (S-20); a redirect is an answer like another, and no success.
    await body.dump({ limit: 16_384, signal }).catch(() => undefined)
    return refusal
  }
  const bytes = await readBytes(body, options.maxBytes ?? defaultMaxBytes)
  return { ok: true, value: toDocument(statusCode, headers, bytes) }
}

/** The same document as text, which must be UTF-8. */
export function decodeDocument(
  document: OutboundDocument<Buffer>,
): OutboundResult<OutboundDocument> {
  const body = decode(document.body)
  return body === undefined
    ? failure('malformed', document.status)
    : { ok: true, value: { ...document, body } }
}

const requestHeaders = (options: OutboundRequest, content: RequestBody | undefined) => ({
  ...options.headers,
  accept: options.accept,
  'user-agent': 'mikromerit',
  ...(content && { 'content-type': content.contentType }),
  ...(options.ifNoneMatch !== undefined && { 'if-none-match': options.ifNoneMatch }),
})

function refuse(
  status: number,
  headers: IncomingHttpHeaders,
  options: OutboundRequest,
): OutboundResult<never> | undefined {
  if (status === 304 && options.ifNoneMatch !== undefined) return undefined
  if (status < 200 || status > 299) return failure('status', status)
  // None was asked for: an encoded body could be small on the wire and huge in memory.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    return failure('media_type', status)
  const length = Number(headers['content-length'] ?? 0)
  if (length > (options.maxBytes ?? defaultMaxBytes)) return failure('too_large', status)
  return status === 204 || hasAllowedType(headers['content-type'], options)
    ? undefined
    : failure('media_type', status)
}

function hasAllowedType(header: string | undefined, options: OutboundRequest): boolean {
  const type = mediaTypeOf(header)
  const allowed = options.mediaTypes ?? options.accept.split(',').map(mediaTypeOf)
  return allowed.some(
    (entry) => entry === '*/*' || entry === type || (entry.startsWith('+') && type.endsWith(entry)),
  )
}

const mediaTypeOf = (header: string | undefined): string =>
  (header ?? '').split(';', 1).join('').trim().toLowerCase()

function toDocument(
  status: number,
  headers: IncomingHttpHeaders,
  body: Buffer,
): OutboundDocument<Buffer> {
  const etag = headers.etag
  const contentType = mediaTypeOf(headers['content-type'])
  const maxAgeSeconds = parseMaxAge(headers['cache-control'])
  return { status, contentType, body, etag, maxAgeSeconds }
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** RFC 9111 5.2.2, as far as a private cache of documents needs it. */
function parseMaxAge(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const directives = header
    .toLowerCase()
    .split(',')
    .map((directive) => directive.trim())
  if (directives.includes('no-store') || directives.includes('no-cache')) return 0
  const maxAge = directives.find((directive) => directive.startsWith('max-age='))
  const seconds = Number(maxAge?.slice('max-age='.length).replaceAll('"', ''))
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : undefined
}
