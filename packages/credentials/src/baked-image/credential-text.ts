import { parseJsonObject } from '../jose/json.ts'
import { accept, type Result, refuse } from '../result.ts'

/** What an image may hold: a signed credential, or one whose proof lies in its own JSON. */
export interface BakedText {
  readonly kind: 'jws' | 'json'
  readonly text: string
}

/** Greatest length of a baked credential, in characters: that of a token (standards, section 6). */
export const maxCredentialLength = 262_144

/** Tells a compact JWS from JSON, and either from anything else. */
export function readCredentialText(
  text: string,
): Result<BakedText, 'credential_unreadable' | 'credential_too_large'> {
  if (text.length > maxCredentialLength)
    return refuse('credential_too_large', 'The credential in the image is too large.')
  const trimmed = text.trim()
  if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(trimmed))
    return accept({ kind: 'jws', text: trimmed })
  return parseJsonObject(trimmed).ok
    ? accept({ kind: 'json', text: trimmed })
    : refuse('credential_unreadable', 'It is neither a compact JWS nor a JSON object.')
}
