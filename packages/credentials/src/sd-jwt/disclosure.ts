import { decodeBase64urlText, encodeBase64url } from '../jose/base64url.ts'
import { parseJson } from '../jose/json.ts'
import { accept, type Result, refuse } from '../result.ts'

/** A Disclosure taken apart (RFC 9901 4.2): `name` is absent for an array element. */
export interface Disclosure {
  /** As received: digests are computed over this text and no other. */
  readonly encoded: string
  readonly name?: string
  readonly value: unknown
}

/** Names with a meaning of their own in an SD-JWT (RFC 9901 4.1): no claim may be called so. */
export const reservedNames: ReadonlySet<string> = new Set(['_sd', '...', '_sd_alg'])

/** Makes a Disclosure for an object member, or without a name for an array element. */
export const encodeDisclosure = (salt: string, name: string | undefined, value: unknown): string =>
  encodeBase64url(JSON.stringify(name === undefined ? [salt, value] : [salt, name, value]))

/** Reads one Disclosure (F-06, F-07). */
export function parseDisclosure(encoded: string): Result<Disclosure, 'disclosure_malformed'> {
  const text = decodeBase64urlText(encoded)
  const parsed = text === undefined ? undefined : parseJson(text)
  if (!parsed?.ok || !Array.isArray(parsed.value)) {
    return refuse('disclosure_malformed', 'A Disclosure is not a JSON array in base64url.')
  }
  const [salt, ...rest]: unknown[] = parsed.value
  if (typeof salt !== 'string') return refuse('disclosure_malformed', 'A Disclosure has no salt.')
  if (rest.length === 1) return accept({ encoded, value: rest[0] })
  const [name, value] = rest
  if (rest.length !== 2 || typeof name !== 'string') {
    return refuse(
      'disclosure_malformed',
      'A Disclosure has neither two nor three elements, or a name that is no text.',
    )
  }
  // F-07; `_sd_alg` belongs in the signed payload, at the top (F-04).
  if (reservedNames.has(name)) {
    return refuse('disclosure_malformed', 'A Disclosure uses a reserved claim name.')
  }
  return accept({ encoded, name, value })
}
