import { accept, type Result, refuse } from '../result.ts'
import { parseVcJwt, type VcJwt } from '../vc-jose/parse-vc-jwt.ts'
import { readTypes } from '../vc-jose/read-credential.ts'
import { decodeBitstring } from './bitstring.ts'
import { readPurposes } from './status-entry.ts'

/** The errors of W3C Bitstring Status List 1.0 (3.5) and of the data model it refers to. */
export type BitstringStatusError =
  | 'STATUS_RETRIEVAL_ERROR'
  | 'STATUS_VERIFICATION_ERROR'
  | 'STATUS_LIST_LENGTH_ERROR'
  | 'RANGE_ERROR'
  | 'MALFORMED_VALUE_ERROR'

/** A status list taken out of its credential; not to be believed before {@link verifyStatusListCredential}. */
export interface BitstringStatusList {
  readonly vc: VcJwt
  readonly issuer: string
  readonly id?: string
  readonly purposes: readonly string[]
  readonly bytes: Uint8Array
  /** How long it may be kept, in seconds (2.2: five minutes unless it says otherwise). */
  readonly ttl: number
}

const maxTokenLength = 1_048_576
const maxInflatedBytesDefault = 8 * 1024 * 1024
const ttlDefault = 300_000

/** Takes a status list in a `vc+jwt` apart. The list inflates to at most `maxInflatedBytes` (default 8 MiB, S-10). */
export function parseStatusListCredential(
  token: string,
  { maxInflatedBytes = maxInflatedBytesDefault }: { readonly maxInflatedBytes?: number } = {},
): Result<BitstringStatusList, BitstringStatusError> {
  const parsed = parseVcJwt(token, { length: maxTokenLength })
  if (!parsed.ok) return refuse('STATUS_VERIFICATION_ERROR', parsed.detail)
  const vc = parsed.value
  // S-04: another credential of the same issuer, however it came, must never pass as its status list.
  if (vc.envelope !== 'vc+jwt' || !vc.facts.types.includes('BitstringStatusListCredential'))
    return refuse('STATUS_VERIFICATION_ERROR', 'The credential is not a status list.')
  const [list, ...others] = vc.facts.subjects
  if (!list || others.length > 0 || !readTypes(list.type)?.includes('BitstringStatusList'))
    return refuse('MALFORMED_VALUE_ERROR', 'Its subject is not a BitstringStatusList.')
  const purposes = readPurposes(list.statusPurpose)
  if (!purposes) return refuse('MALFORMED_VALUE_ERROR', 'The status list has no statusPurpose.')
  const { ttl = ttlDefault } = list
  if (typeof ttl !== 'number' || !Number.isFinite(ttl) || ttl < 0)
    return refuse('MALFORMED_VALUE_ERROR', 'Its ttl is not a number of milliseconds.')
  const bytes = decodeBitstring(list.encodedList, maxInflatedBytes)
  if (!bytes.ok) return bytes
  return accept({
    vc,
    issuer: vc.facts.issuer,
    ...(vc.facts.id !== undefined && { id: vc.facts.id }),
    purposes,
    bytes: bytes.value,
    ttl: ttl / 1000,
  })
}
