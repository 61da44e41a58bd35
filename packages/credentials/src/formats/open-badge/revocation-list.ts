import { isObject, parseJsonObject } from '../../jose/json.ts'
import { accept, type Result, refuse } from '../../result.ts'

export type RevocationListRefusal = 'revocation_list_malformed' | 'revocation_list_mismatch'

export interface Revocation {
  readonly isRevoked: boolean
  /** As its issuer wrote it; untrusted text. */
  readonly reason?: string
}

const maxReason = 500
const limits = { depth: 6, members: 400_000 }

/**
 * Looks a credential up in a 1EdTech Revocation List (Status Method 1.0): plain JSON that names the revoked. Nobody
 * signed it, so it is as good as the address it came from, which must be the one the credential names.
 */
export function lookUpRevocation(
  json: string,
  { url, credentialId, issuer }: { url: string; credentialId: string; issuer: string },
): Result<Revocation, RevocationListRefusal> {
  const list = parseJsonObject(json, limits)
  if (!list.ok) return refuse('revocation_list_malformed', list.detail)
  const { id, issuer: listIssuer } = list.value
  const entries = readEntries(list.value.revokedCredentials ?? list.value.revokedCredential ?? [])
  if (!entries)
    return refuse('revocation_list_malformed', 'Its revokedCredentials is not a list of entries.')
  const owner = isObject(listIssuer) ? listIssuer.id : listIssuer
  if (id !== url || owner !== issuer)
    return refuse('revocation_list_mismatch', 'It is the list of another address or issuer.')
  // `revoked: false` takes an entry back; a later entry stands for the earlier one.
  const entry = entries.findLast((candidate) => candidate.id === credentialId)
  const reason = entry?.revocationReason
  return accept({
    isRevoked: entry !== undefined && entry.revoked !== false,
    ...(typeof reason === 'string' && reason !== '' && { reason: reason.slice(0, maxReason) }),
  })
}

/** An entry we could not read might be the one: then the whole list says nothing. */
function readEntries(value: unknown): Readonly<Record<string, unknown>>[] | undefined {
  if (!Array.isArray(value)) return undefined
  const entries = value.map((entry) => (typeof entry === 'string' ? { id: entry } : entry))
  return entries.every((entry) => isObject(entry) && typeof entry.id === 'string')
    ? entries
    : undefined
}
