import { authorityKeyIdentifiers, matchesTypes } from '@mikromerit/credentials'
import { type DcqlCredential, DcqlQuery } from 'dcql'
import type { ClaimPath } from '../claims/claim-path.ts'
import { openCredential } from '../claims/open-credential.ts'
import type { HeldCredential } from '../credentials/stored-credential.ts'
import type { DcqlCredentialQuery } from './dcql-types.ts'

/** A credential that answers a query, and which of its claims that takes. */
export interface Match {
  readonly held: HeldCredential
  readonly paths: readonly ClaimPath[]
}

/**
 * The credentials that answer one query (OpenID4VP 6.4). A value that differs looks like a claim that
 * is missing (W-34); of several claim sets the first that can be met counts (W-32). Those in force first.
 */
export function matchCredentials(
  query: DcqlCredentialQuery,
  held: readonly HeldCredential[],
  now: Date,
): Match[] {
  const matches = findMatches(query, held)
  // What has expired or was withdrawn can be shown, but not by default.
  const ended = matches.filter((match) => isEnded(match, now))
  return [...matches.filter((match) => !ended.includes(match)), ...ended]
}

function findMatches(query: DcqlCredentialQuery, held: readonly HeldCredential[]): Match[] {
  const possible = held.filter(
    (credential) => isOfType(query, credential) && isByTrustedAuthority(query, credential),
  )
  if (possible.length === 0) return []
  const result = DcqlQuery.query(toLibraryQuery(query), possible.map(toLibraryCredential))
  return (result.credential_matches[query.id]?.valid_credentials ?? []).flatMap((match) => {
    const credential = possible[match.input_credential_index]
    const [claimSet] = match.claims.valid_claim_sets
    if (!credential || !claimSet) return []
    const paths = (claimSet.valid_claim_indexes ?? []).flatMap((index) => {
      const path = query.claims?.[index]?.path
      return path ? [path] : []
    })
    return [{ held: credential, paths }]
  })
}

/** A VC 2.0 answers under both its names; what is asked for as `vc+jwt` is never the older data model. */
function isOfType(
  { format, vct_values, type_values = [] }: DcqlCredentialQuery,
  { content }: HeldCredential,
): boolean {
  if (format === 'dc+sd-jwt') return content.vct !== undefined && vct_values.includes(content.vct)
  if (format !== 'vc+jwt' && format !== 'jwt_vc_json') return false
  const { vc } = openCredential(content.token)
  if (!vc || (format === 'vc+jwt' && vc.facts.dataModel !== '2.0')) return false
  return matchesTypes(vc.facts.types, type_values)
}

function isEnded({ held }: Match, now: Date): boolean {
  if (held.status?.state === 'revoked' || held.status?.state === 'suspended') return true
  const { expiresAt } = openCredential(held.content.token)
  return expiresAt !== undefined && expiresAt <= now
}

/** Lists of the other kinds cannot be read here: what they would allow is not offered. */
function isByTrustedAuthority(query: DcqlCredentialQuery, { content }: HeldCredential): boolean {
  if (!query.trusted_authorities) return true
  const keys = authorityKeyIdentifiers(openCredential(content.token).x5c)
  return query.trusted_authorities.some(
    ({ type, values }) => type === 'aki' && values.some((value) => keys.includes(value)),
  )
}

/** The library knows one name of a W3C credential in a JWT, and no other spelling of its types: those are ours to compare. */
const comparedType = 'compared'

function toLibraryQuery(query: DcqlCredentialQuery): DcqlQuery.Output {
  const {
    vct_values,
    type_values: _compared,
    trusted_authorities: _checked,
    format,
    ...rest
  } = query
  const named =
    format === 'dc+sd-jwt'
      ? { format, meta: { vct_values } }
      : { format: 'jwt_vc_json', meta: { type_values: [[comparedType]] } }
  const parsed = DcqlQuery.parse({
    credentials: [JSON.parse(JSON.stringify({ ...rest, ...named }))],
  })
  DcqlQuery.validate(parsed)
  return parsed
}

function toLibraryCredential({ content }: HeldCredential): DcqlCredential {
  const { payload, vc } = openCredential(content.token)
  const binding = { cryptographic_holder_binding: content.isBound }
  // Plain objects: the library refuses those without a prototype.
  const claims = JSON.parse(JSON.stringify(payload))
  return vc
    ? { credential_format: 'jwt_vc_json', type: [comparedType], ...binding, claims }
    : { credential_format: 'dc+sd-jwt', vct: content.vct ?? '', ...binding, claims }
}
