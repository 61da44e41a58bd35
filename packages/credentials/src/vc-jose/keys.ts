import { createPublicKey, type KeyObject } from 'node:crypto'
import { isObject } from '../jose/json.ts'
import type { JwkRefusal } from '../jose/jwk.ts'
import { accept, type Result, refuse } from '../result.ts'
import { algorithmOf } from './algorithms.ts'

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

type KeyMember = 'crv' | 'x' | 'y' | 'n' | 'e'
type KeyMaterial = { kty: string } & { [Name in KeyMember]?: string }

/** The members that make up a key of each kind (RFC 7518 6, RFC 8037 2); nothing else is imported. */
const keyMembers: ReadonlyMap<string, readonly KeyMember[]> = new Map([
  ['EC', ['crv', 'x', 'y']],
  ['OKP', ['crv', 'x']],
  ['RSA', ['n', 'e']],
])

const maxMemberLength = 2048

/**
 * Reads a public key that a credential may be signed with: EC on P-256, P-384 or P-521, Ed25519, or RSA from 2048
 * bits (RFC 7517). Refuses private members, and an `alg` or `use` that says the key is for something else.
 */
export function parseVerificationJwk(value: unknown): Result<KeyObject, JwkRefusal> {
  if (!isObject(value)) return refuse('jwk_malformed', 'The key is not a JSON object.')
  if (privateMembers.some((member) => Object.hasOwn(value, member))) {
    return refuse('jwk_private', 'The key holds private or symmetric members.')
  }
  const { kty, alg, use } = value
  const members = typeof kty === 'string' ? keyMembers.get(kty) : undefined
  if (typeof kty !== 'string' || !members) {
    return refuse('jwk_unsupported', 'Keys of this type are not supported.')
  }
  const material: KeyMaterial = { kty }
  for (const name of members) {
    const text = value[name]
    if (typeof text !== 'string' || text.length > maxMemberLength) {
      return refuse('jwk_malformed', 'A member of the key is missing, not a text or too long.')
    }
    material[name] = text
  }
  const key = importKey(material)
  if (!key) return refuse('jwk_malformed', 'The members do not make up a key.')
  const expected = algorithmOf(key)
  if (!expected) return refuse('jwk_unsupported', 'Keys of this curve or size are not supported.')
  // RFC 8037 and RFC 9864 have two names for the same algorithm.
  const isOwnAlgorithm = alg === expected || (expected === 'EdDSA' && alg === 'Ed25519')
  if ((alg !== undefined && !isOwnAlgorithm) || (use !== undefined && use !== 'sig')) {
    return refuse('jwk_unsupported', 'The key is meant for another use.')
  }
  return accept(key)
}

function importKey(key: KeyMaterial): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'jwk' })
  } catch {
    return undefined
  }
}
