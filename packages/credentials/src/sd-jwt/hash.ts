import { hash } from 'node:crypto'

/** `_sd_alg` values we compute, by their IANA names (F-04), and what node:crypto calls them. */
const algorithms = { 'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512' } as const

export type SdHashAlgorithm = keyof typeof algorithms

export const isSdHashAlgorithm = (value: unknown): value is SdHashAlgorithm =>
  typeof value === 'string' && Object.hasOwn(algorithms, value)

/** Base64url digest over the ASCII text, as RFC 9901 4.2.3 and 4.3.1 want it: over what was received (F-13). */
export const sdDigest = (text: string, algorithm: SdHashAlgorithm = 'sha-256'): string =>
  hash(algorithms[algorithm], text, 'base64url')
