import type { Parsed } from '../parsed.ts'

/** The authorization request as it came: signed by reference or by value, or unsigned. */
export type RequestLink = { readonly clientId: string } & (
  | { readonly kind: 'reference'; readonly requestUri: string; readonly method: 'get' | 'post' }
  | { readonly kind: 'signed'; readonly requestObject: string }
  | { readonly kind: 'unsigned'; readonly parameters: Readonly<Record<string, string>> }
)

/**
 * Reads an `openid4vp://` link (OpenID4VP 5). With a request object everything beside it but
 * `client_id` is ignored (W-23, S-19).
 */
export function parseRequestLink(link: string): Parsed<RequestLink> {
  if (!URL.canParse(link)) return refuse('the authorization request is not a link')
  const entries = [...new URL(link).searchParams]
  const parameters: Record<string, string> = Object.fromEntries(entries)
  if (entries.length !== Object.keys(parameters).length)
    return refuse('the link repeats a parameter')
  const { client_id: clientId, request, request_uri: requestUri } = parameters
  const { request_uri_method: method } = parameters
  if (!clientId) return refuse('client_id is missing')
  if (request !== undefined && requestUri !== undefined)
    return refuse('the link holds both request and request_uri')
  if (method !== undefined && requestUri === undefined)
    return refuse('request_uri_method stands without request_uri')
  if (requestUri !== undefined) {
    // W-27: compared as written; the values are case-sensitive.
    if (method !== undefined && method !== 'get' && method !== 'post')
      return refuse('request_uri_method is neither get nor post')
    return { ok: true, value: { kind: 'reference', clientId, requestUri, method: method ?? 'get' } }
  }
  if (request !== undefined)
    return { ok: true, value: { kind: 'signed', clientId, requestObject: request } }
  return { ok: true, value: { kind: 'unsigned', clientId, parameters } }
}

const refuse = (detail: string): { ok: false; detail: string } => ({ ok: false, detail })
