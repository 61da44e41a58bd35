import { authorityKeyIdentifiers } from '@mikromerit/credentials'
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
  // What has expired can be shown, but not by default.
  const expired = matches.filter((match) => isExpired(match, now))
  return [...matches.filter((match) => !expired.includes(match)), ...expired]
}

function findMatches(query: DcqlCredentialQuery, held: readonly HeldCredential[]): Match[] {
  if (query.format !== 'dc+sd-jwt') return []
  const possible = held.filter(
    (credential) =>
      query.vct_values.includes(credential.content.vct) && isByTrustedAuthority(query, credential),
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

function isExpired({ held }: Match, now: Date): boolean {
  const { exp } = openCredential(held.content.token).payload
  return typeof exp === 'number' && exp * 1_000 <= now.getTime()
}

/** Lists of the other kinds cannot be read here: what they would allow is not offered. */
function isByTrustedAuthority(query: DcqlCredentialQuery, { content }: HeldCredential): boolean {
  if (!query.trusted_authorities) return true
  const keys = authorityKeyIdentifiers(openCredential(content.token).x5c)
  return query.trusted_authorities.some(
    ({ type, values }) => type === 'aki' && values.some((value) => keys.includes(value)),
  )
}

function toLibraryQuery(query: DcqlCredentialQuery): DcqlQuery.Output {
  const { vct_values, trusted_authorities: _checked, ...rest } = query
  const parsed = DcqlQuery.parse({
    credentials: [JSON.parse(JSON.stringify({ ...rest, meta: { vct_values } }))],
  })
  DcqlQuery.validate(parsed)
  return parsed
}

const toLibraryCredential = ({ content }: HeldCredential): DcqlCredential => ({
  credential_format: 'dc+sd-jwt',
  vct: content.vct,
  cryptographic_holder_binding: content.isBound,
  // Plain objects: the library refuses those without a prototype.
  claims: JSON.parse(JSON.stringify(openCredential(content.token).payload)),
})
