import { authorityKeyIdentifiers } from '@mikromerit/credentials'
import { resolveShown } from './resolve-shown.ts'
import type { ClaimPath, ClaimQuery, CredentialQuery, DcqlQuery } from './schemas.ts'

/** V-12: every query that must be answered has been, by the ids of the queries that were. */
export function answersRequired(query: DcqlQuery, answered: ReadonlySet<string>): boolean {
  const sets = query.credential_sets
  if (!sets) return query.credentials.every(({ id }) => answered.has(id))
  return sets.every(
    ({ options, required = true }) =>
      !required || options.some((option) => option.every((id) => answered.has(id))),
  )
}

/** V-13: whether what was disclosed holds every claim asked for, with a value asked for. */
export function hasClaimsAskedFor(
  query: CredentialQuery,
  payload: Readonly<Record<string, unknown>>,
): boolean {
  const claims = query.claims ?? []
  if (!query.claim_sets) return claims.every((claim) => holdsClaim(payload, claim))
  return query.claim_sets.some((ids) =>
    ids.every((id) => claims.some((claim) => claim.id === id && holdsClaim(payload, claim))),
  )
}

/**
 * V-13: whether a certificate of the credential was issued by an authority asked for, if any was. Undefined
 * when that rests on a trust list or a federation, which are not looked up for a query.
 */
export function isOfTrustedAuthority(
  { trusted_authorities: authorities }: CredentialQuery,
  x5c: readonly string[],
): boolean | undefined {
  if (!authorities) return true
  const issuedBy = authorityKeyIdentifiers(x5c)
  const keys = authorities.flatMap(({ type, values }) => (type === 'aki' ? values : []))
  if (keys.some((value) => issuedBy.includes(value))) return true
  return authorities.every(({ type }) => type === 'aki') ? false : undefined
}

/**
 * Paths of the claims a query asks for: whatever else is disclosed is not kept (V-34). Without indexes,
 * since what was shown may have moved up.
 */
export const pathsAskedFor = (query: CredentialQuery): ClaimPath[] =>
  (query.claims ?? []).map(({ path }) =>
    path.map((step) => (typeof step === 'number' ? null : step)),
  )

function holdsClaim(payload: unknown, { path, values }: ClaimQuery): boolean {
  const found = resolveShown(payload, path)
  if (!values) return found.length > 0
  return found.some((value) => values.some((wanted) => wanted === value))
}
