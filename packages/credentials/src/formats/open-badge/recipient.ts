import { createHash, timingSafeEqual } from 'node:crypto'
import { isObject } from '../../jose/json.ts'
import { readElements } from '../../vc-jose/read-credential.ts'

/**
 * Whether a badge names this person: a value the relying party supplies against the `identifier` of the subject, or
 * against the `recipient` of a 2.0 assertion, in the clear or hashed (V-27). MD5 proves nothing and never matches.
 */
export const namesRecipient = (identifiers: unknown, value: string): boolean =>
  (readElements(identifiers) ?? []).some((one) => isObject(one) && matches(one, value))

function matches(identifier: Readonly<Record<string, unknown>>, value: string): boolean {
  const { hashed, salt } = identifier
  const identity = identifier.identityHash ?? identifier.identity
  if (typeof identity !== 'string' || value === '') return false
  if (hashed !== true) return isSame(identity, value)
  const digest = /^sha256\$([0-9A-Fa-f]{64})$/.exec(identity)?.[1]
  if (digest === undefined) return false
  const salted = `${value}${typeof salt === 'string' ? salt : ''}`
  return isSame(digest.toLowerCase(), createHash('sha256').update(salted).digest('hex'))
}

/** In constant time: how far a guess was right must not show. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
