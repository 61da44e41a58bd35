import { isObject } from '../jose/json.ts'
import { type Jws, type JwsLimits, type JwsRefusal, parseJws } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { type ClaimsRefusal, type ClaimTimes, checkClaims } from './check-claims.ts'
import { isMediaType, readMediaType } from './media-type.ts'
import { credentialsV2Context, isUri, readElements, readTypes } from './read-credential.ts'

/** A presentation taken out of its JWT: proof of nothing before {@link verifyVpJwt}, and of no credential after it. */
export interface VpJwt extends ClaimTimes {
  readonly jws: Jws
  readonly holder?: string
  /** Each to be verified by itself with its own issuer's keys (V-26); those of an unknown media type cannot be. */
  readonly credentials: readonly EnvelopedCredential[]
}

/** What the `data:` URL of an EnvelopedVerifiableCredential holds (VCDM 2.0, 4.12). */
export interface EnvelopedCredential {
  /** `application/vc+jwt`, or another kind of secured credential. */
  readonly mediaType: string
  readonly data: string
}

export type VpJwtRefusal =
  | JwsRefusal
  | ClaimsRefusal
  | 'typ_unexpected'
  | 'cty_unexpected'
  | 'vc_claim_unexpected'
  | 'context_unexpected'
  | 'presentation_malformed'
  | 'credential_unsecured'

const envelopePattern = /^data:(application\/vc\+[a-z-]+(?:;base64)?),(.+)$/s

/** Takes a `vp+jwt` apart (VC-JOSE-COSE 3.1.2). A credential in it that is not secured by a JWT refuses the whole. */
export function parseVpJwt(token: string, limits: JwsLimits = {}): Result<VpJwt, VpJwtRefusal> {
  const jws = parseJws(token, limits)
  if (!jws.ok) return jws
  const { header, payload } = jws.value
  if (readMediaType(header.typ) !== 'vp+jwt')
    return refuse('typ_unexpected', 'The token’s typ is not vp+jwt.')
  if (!isMediaType(header.cty, ['vp']))
    return refuse('cty_unexpected', 'The token’s cty is not that of a presentation.')
  if (Object.hasOwn(payload, 'vc') || Object.hasOwn(payload, 'vp'))
    return refuse('vc_claim_unexpected', 'The payload holds a vc or vp claim.')
  const names = readNames(payload)
  if (!names.ok) return names
  const credentials = readEnveloped(payload.verifiableCredential)
  if (!credentials.ok) return credentials
  const { id, holder } = names.value
  // The holder is the issuer of the presentation.
  const times = checkClaims(payload, { ...(holder && { issuer: holder }), ...(id && { id }) })
  if (!times.ok) return times
  return accept({
    jws: jws.value,
    ...(holder && { holder }),
    credentials: credentials.value,
    ...times.value,
  })
}

function readNames(
  payload: Readonly<Record<string, unknown>>,
): Result<{ id?: string; holder?: string }, 'context_unexpected' | 'presentation_malformed'> {
  if (readElements(payload['@context'])?.[0] !== credentialsV2Context)
    return refuse('context_unexpected', 'The first context is not that of the data model 2.0.')
  if (!readTypes(payload.type)?.includes('VerifiablePresentation'))
    return refuse('presentation_malformed', 'Its type does not hold VerifiablePresentation.')
  const { id } = payload
  const holder = isObject(payload.holder) ? payload.holder.id : payload.holder
  if ((id !== undefined && !isUri(id)) || (holder !== undefined && !isUri(holder)))
    return refuse('presentation_malformed', 'Its id or holder is not a URI.')
  return accept({ ...(id !== undefined && { id }), ...(holder !== undefined && { holder }) })
}

function readEnveloped(
  value: unknown,
): Result<readonly EnvelopedCredential[], 'presentation_malformed' | 'credential_unsecured'> {
  const elements = readElements(value)
  if (!elements?.length)
    return refuse('presentation_malformed', 'It holds no credential, or too many.')
  const credentials = elements.map(readEnvelope)
  return credentials.every((credential) => credential !== undefined)
    ? accept(credentials)
    : refuse('credential_unsecured', 'A credential in it is not enveloped.')
}

function readEnvelope(element: unknown): EnvelopedCredential | undefined {
  if (!isObject(element) || typeof element.id !== 'string') return undefined
  if (!readTypes(element.type)?.includes('EnvelopedVerifiableCredential')) return undefined
  const [, mediaType, data] = envelopePattern.exec(element.id) ?? []
  return mediaType && data ? { mediaType, data } : undefined
}
