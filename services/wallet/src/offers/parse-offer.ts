import { parseJson } from '@mikromerit/credentials'
import type { Parsed } from '../parsed.ts'

export type OfferLink = { by: 'value'; json: string } | { by: 'reference'; uri: string }

interface TxCodeRequest {
  readonly inputMode: 'numeric' | 'text'
  readonly length?: number
  readonly description?: string
}

/** The parts of a credential offer this wallet acts on (OpenID4VCI 4.1.1). */
export interface CredentialOffer {
  readonly issuer: string
  readonly configurationIds: readonly string[]
  readonly preAuthorizedCode: string
  readonly authorizationServer?: string
  readonly txCode?: TxCodeRequest
}

/** How many credentials one offer may bring; more would take too long for one request. */
export const maxCredentials = 16

const grantType = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** W-01: exactly one of the two parameters, each at most once; nothing has been fetched yet. */
export function parseOfferLink(link: string): Parsed<OfferLink> {
  if (!URL.canParse(link)) return refuse('the credential offer is not a link')
  const parameters = new URL(link).searchParams
  const byValue = parameters.getAll('credential_offer')
  const byReference = parameters.getAll('credential_offer_uri')
  if (byValue.length + byReference.length !== 1)
    return refuse('the link must hold exactly one of credential_offer and credential_offer_uri')
  const [json] = byValue
  const [uri] = byReference
  if (json) return { ok: true, value: { by: 'value', json } }
  if (uri) return { ok: true, value: { by: 'reference', uri } }
  return refuse('the parameter of the link is empty')
}

/** Reads the offer object; unknown members are ignored, everything known is checked (W-03, W-09). */
export function parseCredentialOffer(json: string): Parsed<CredentialOffer> {
  const parsed = parseJson(json)
  if (!parsed.ok || !isRecord(parsed.value)) return refuse('the offer is not a JSON object')
  const { credential_issuer: issuer, credential_configuration_ids: ids, grants } = parsed.value
  if (!isIssuerIdentifier(issuer))
    return refuse('credential_issuer must be a URL without query and fragment')
  if (!isNonEmptyStrings(ids))
    return refuse('credential_configuration_ids must hold one to sixteen ids')
  if (new Set(ids).size !== ids.length)
    return refuse('credential_configuration_ids must not repeat an id')
  const grant = isRecord(grants) ? grants[grantType] : undefined
  if (!isRecord(grant))
    return refuse('the offer has no pre-authorized code, the only grant this wallet can use')
  const withGrant = parseGrant(grant)
  if (!withGrant.ok) return withGrant
  return { ok: true, value: { issuer, configurationIds: ids, ...withGrant.value } }
}

function parseGrant(
  grant: Record<string, unknown>,
): Parsed<Pick<CredentialOffer, 'preAuthorizedCode' | 'authorizationServer' | 'txCode'>> {
  const code = grant['pre-authorized_code']
  const { authorization_server: server, tx_code: txCode } = grant
  if (typeof code !== 'string' || code === '') return refuse('pre-authorized_code is missing')
  if (server !== undefined && typeof server !== 'string')
    return refuse('authorization_server must be a string')
  const txCodeRequest = parseTxCode(txCode)
  if (!txCodeRequest.ok) return txCodeRequest
  return {
    ok: true,
    value: {
      preAuthorizedCode: code,
      ...(server === undefined ? {} : { authorizationServer: server }),
      ...(txCodeRequest.value === undefined ? {} : { txCode: txCodeRequest.value }),
    },
  }
}

/** W-10: an empty object still asks for a code. */
function parseTxCode(txCode: unknown): Parsed<TxCodeRequest | undefined> {
  if (txCode === undefined) return { ok: true, value: undefined }
  if (!isRecord(txCode)) return refuse('tx_code must be an object')
  const { input_mode: mode = 'numeric', length, description } = txCode
  if (mode !== 'numeric' && mode !== 'text') return refuse('tx_code.input_mode is unknown')
  if (length !== undefined && (!Number.isInteger(length) || Number(length) < 1))
    return refuse('tx_code.length must be a positive integer')
  return {
    ok: true,
    value: {
      inputMode: mode,
      ...(length === undefined ? {} : { length: Number(length) }),
      // Shown to a person: cut rather than refused (OpenID4VCI allows 300 characters).
      ...(typeof description === 'string' ? { description: description.slice(0, 300) } : {}),
    },
  }
}

function isIssuerIdentifier(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 2_048 || !URL.canParse(value)) return false
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && !/[?#]/.test(value) && url.username === ''
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isNonEmptyStrings = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= maxCredentials &&
  value.every((item) => typeof item === 'string' && item !== '')

const refuse = (detail: string): { ok: false; detail: string } => ({ ok: false, detail })
