import { isCredentialFormat } from '../credentials/formats.ts'
import type { Parsed } from '../parsed.ts'
import { checkDcqlQuery } from './check-dcql.ts'
import { chooseEncryption, type ResponseEncryption } from './choose-encryption.ts'
import type { DcqlQueryObject } from './dcql-types.ts'

/** What of a verified request the wallet acts on; everything else in it is ignored. */
export interface CheckedRequest {
  readonly responseUri: string
  readonly responseMode: 'direct_post' | 'direct_post.jwt'
  /** Set exactly when the mode is direct_post.jwt. */
  readonly encryption?: ResponseEncryption
  readonly nonce: string
  readonly state?: string
  readonly dcql: DcqlQueryObject
  readonly purpose?: { readonly sv: string; readonly en: string }
  readonly expiresAt?: Date
}

/** An answer meant for us: OpenID4VP 5.8, static discovery. */
const ourAudience = 'https://self-issued.me/v2'

/** The checks that the protocol library leaves to us (libraries.md): W-29 to W-31, W-37, W-39, W-40. */
export function checkRequest(
  payload: Readonly<Record<string, unknown>>,
  now: Date,
): Parsed<CheckedRequest> {
  const fault = findFault(payload) ?? findTimeFault(payload, now)
  if (fault !== undefined) return { ok: false, detail: fault }
  const dcql = checkDcqlQuery(payload.dcql_query)
  if (!dcql.ok) return dcql
  const mode = payload.response_mode === 'direct_post.jwt' ? 'direct_post.jwt' : 'direct_post'
  const metadata = Object(payload.client_metadata)
  const encryption = mode === 'direct_post.jwt' ? chooseEncryption(metadata) : undefined
  if (encryption && !encryption.ok) return encryption
  if (!acceptsOurFormats(metadata.vp_formats_supported, dcql.value))
    return { ok: false, detail: 'the verifier does not take what it asks for with ES256' }
  const state = typeof payload.state === 'string' ? payload.state : undefined
  if (state === undefined && !needsBindingEverywhere(dcql.value))
    return { ok: false, detail: 'state is missing though a query waives holder binding' }
  const purpose = readPurpose(dcql.value, payload.purpose)
  return {
    ok: true,
    value: {
      responseUri: String(payload.response_uri),
      responseMode: mode,
      ...(encryption ? { encryption: encryption.value } : {}),
      nonce: String(payload.nonce),
      ...(state === undefined ? {} : { state }),
      dcql: dcql.value,
      ...(purpose ? { purpose } : {}),
      ...(typeof payload.exp === 'number' ? { expiresAt: new Date(payload.exp * 1_000) } : {}),
    },
  }
}

function findFault(payload: Readonly<Record<string, unknown>>): string | undefined {
  const { response_type, response_mode, response_uri, redirect_uri, nonce, aud, state } = payload
  if (response_type !== 'vp_token') return 'response_type must be vp_token'
  if (response_mode !== 'direct_post' && response_mode !== 'direct_post.jwt')
    return 'response_mode must be direct_post or direct_post.jwt'
  if (redirect_uri !== undefined) return 'redirect_uri must not stand in a direct_post request'
  if (
    typeof response_uri !== 'string' ||
    !/^https?:\/\//i.test(response_uri) ||
    !URL.canParse(response_uri)
  )
    return 'response_uri is missing or not an https address'
  if (typeof nonce !== 'string' || !/^[\x21-\x7e]{1,512}$/.test(nonce)) return 'nonce is missing'
  if (state !== undefined && typeof state !== 'string') return 'state must be a string'
  if (aud !== undefined && ![aud].flat().includes(ourAudience)) return 'aud is not this wallet'
  // Only dcql_query is understood; with scope beside it the meaning would be unclear (W-30).
  if (payload.scope !== undefined) return 'scope is not supported: ask with dcql_query alone'
  if (payload.dcql_query === undefined) return 'dcql_query is missing'
  return undefined
}

const skewSeconds = 60

function findTimeFault(
  { exp, nbf, iat }: Readonly<Record<string, unknown>>,
  now: Date,
): string | undefined {
  const seconds = now.getTime() / 1_000
  for (const time of [exp, nbf, iat])
    if (time !== undefined && !Number.isFinite(time)) return 'exp, nbf and iat must be numbers'
  if (typeof exp === 'number' && exp <= seconds) return 'the request has expired'
  if (typeof nbf === 'number' && nbf > seconds + skewSeconds) return 'the request is not valid yet'
  if (typeof iat === 'number' && iat > seconds + skewSeconds)
    return 'the request is from the future'
  return undefined
}

/** Each format that is asked for must be one the verifier takes as we make it. Absent lists mean no restriction. */
function acceptsOurFormats(formats: unknown, dcql: DcqlQueryObject): boolean {
  if (formats === undefined) return true
  return dcql.credentials.every(({ format }) => {
    const supported = Object(formats)[format]
    if (supported === undefined) return !isCredentialFormat(format)
    const {
      'sd-jwt_alg_values': issuers,
      'kb-jwt_alg_values': bindings,
      alg_values,
    } = Object(supported)
    // OpenID4VP B.1.3.1.4 and B.3.4
    const lists = format === 'dc+sd-jwt' ? [issuers, bindings] : [alg_values]
    return lists.every(
      (list) => list === undefined || (Array.isArray(list) && list.includes('ES256')),
    )
  })
}

const needsBindingEverywhere = (dcql: DcqlQueryObject): boolean =>
  dcql.credentials.every((query) => query.require_cryptographic_holder_binding !== false)

/**
 * Why a verifier asks, in both languages when it has both: with a credential set, or beside the
 * parameters of the specification, as our own verifier has it.
 */
function readPurpose(
  { credential_sets: sets }: DcqlQueryObject,
  ofRequest: unknown,
): CheckedRequest['purpose'] {
  const purpose = sets?.find((set) => set.purpose !== undefined)?.purpose ?? ofRequest
  if (typeof purpose === 'string') return cut({ sv: purpose, en: purpose })
  const { sv, en } = Object(purpose)
  const [text] = [sv, en].filter((value): value is string => typeof value === 'string')
  if (text === undefined) return undefined
  return cut({ sv: typeof sv === 'string' ? sv : text, en: typeof en === 'string' ? en : text })
}

const cut = ({ sv, en }: { sv: string; en: string }) => ({
  sv: sv.slice(0, 500),
  en: en.slice(0, 500),
})
