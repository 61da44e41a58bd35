import { type KeyObject, verify } from 'node:crypto'
import { accept, type Result, refuse } from '../result.ts'
import { decodeBase64url, decodeBase64urlText, encodeBase64url } from './base64url.ts'
import { type JsonLimits, parseJsonObject } from './json.ts'
import type { Signer } from './signer.ts'

export interface JwsHeader {
  readonly alg: string
  readonly typ?: string
  readonly kid?: string
  readonly x5c?: readonly string[]
  readonly [name: string]: unknown
}

/** A compact JWS taken apart. Nothing in it is true before {@link verifyJws} said so. */
export interface Jws {
  readonly header: JwsHeader
  readonly payload: Record<string, unknown>
  readonly signingInput: string
  readonly signature: Buffer
}

export interface JwsLimits extends JsonLimits {
  /** Greatest length of the whole token, in characters. Default 256 KiB. */
  readonly length?: number
}

export type JwsRefusal =
  | 'jws_too_large'
  | 'jws_malformed'
  | 'jws_header_malformed'
  | 'jws_crit_unsupported'

const maxCertificates = 5
const maxCertificateCharacters = 10_924 // 8 KiB of DER in base64

/** Takes a compact JWS with a JSON object as payload apart (RFC 7515 5.2, steps 1 to 7), within limits. */
export function parseJws(token: string, limits: JwsLimits = {}): Result<Jws, JwsRefusal> {
  if (token.length > (limits.length ?? 262_144))
    return refuse('jws_too_large', 'The token is too large.')
  const [encodedHeader, encodedPayload, encodedSignature, ...rest] = token.split('.')
  if (!encodedHeader || !encodedPayload || encodedSignature === undefined || rest.length > 0) {
    return refuse('jws_malformed', 'A compact JWS has three parts separated by dots.')
  }
  const header = parsePart(encodedHeader, limits)
  if (!header)
    return refuse('jws_header_malformed', 'The JOSE header is not a JSON object in base64url.')
  const payload = parsePart(encodedPayload, limits)
  if (!payload) return refuse('jws_malformed', 'The payload is not a JSON object in base64url.')
  const signature = decodeBase64url(encodedSignature)
  if (!signature) return refuse('jws_malformed', 'The signature is not base64url.')
  const fault = checkHeader(header)
  if (fault) return fault
  return accept({
    // checkHeader has just looked at every member that the type names.
    header: header as unknown as JwsHeader,
    payload,
    signingInput: `${encodedHeader}.${encodedPayload}`,
    signature,
  })
}

/** Whether the key signed this, by ES256 alone: the key fixes the algorithm, never the token (S-05, F-17). */
export function verifyJws(jws: Jws, key: KeyObject): boolean {
  if (jws.header.alg !== 'ES256' || jws.signature.length !== 64) return false
  if (key.type !== 'public' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false
  return verify(
    'sha256',
    Buffer.from(jws.signingInput),
    { key, dsaEncoding: 'ieee-p1363' },
    jws.signature,
  )
}

export interface SignJwsOptions {
  readonly header: { readonly typ: string; readonly [name: string]: unknown }
  readonly payload: object
  readonly signer: Signer
  /** Adds the signer's certificate chain to the header. Default false. */
  readonly includeX5c?: boolean
}

/** Signs a JSON payload as compact JWS. The header gets `alg` and `kid` from the signer. */
export async function signJws({
  header,
  payload,
  signer,
  includeX5c,
}: SignJwsOptions): Promise<string> {
  const full = {
    ...header,
    alg: signer.alg,
    kid: signer.kid,
    ...(includeX5c && signer.x5c && { x5c: signer.x5c }),
  }
  const input = `${encodeBase64url(JSON.stringify(full))}.${encodeBase64url(JSON.stringify(payload))}`
  return `${input}.${encodeBase64url(await signer.sign(input))}`
}

function parsePart(encoded: string, limits: JsonLimits) {
  const text = decodeBase64urlText(encoded)
  const parsed = text === undefined ? undefined : parseJsonObject(text, limits)
  return parsed?.ok ? parsed.value : undefined
}

function checkHeader(header: Record<string, unknown>) {
  // RFC 7515 4.1.11: we understand no extension, so every critical one is refused; `b64` is such an extension.
  if ('crit' in header || 'b64' in header) {
    return refuse('jws_crit_unsupported', 'The header demands an extension that is not supported.')
  }
  const { alg, typ, kid, x5c } = header
  const isText = (value: unknown) =>
    value === undefined || (typeof value === 'string' && value.length <= 1024)
  if (typeof alg !== 'string' || !isText(typ) || !isText(kid) || !isCertificateChain(x5c)) {
    return refuse('jws_header_malformed', 'A member of the JOSE header has the wrong type or size.')
  }
  return undefined
}

const isCertificateChain = (x5c: unknown) =>
  x5c === undefined ||
  (Array.isArray(x5c) &&
    x5c.length > 0 &&
    x5c.length <= maxCertificates &&
    x5c.every(
      (certificate) =>
        typeof certificate === 'string' && certificate.length <= maxCertificateCharacters,
    ))
