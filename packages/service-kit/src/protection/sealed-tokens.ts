import { SealError } from './sealing.ts'
import type { Vault } from './vault.ts'

export type OpenedToken<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: 'invalid' | 'expired'; readonly detail: string }

/** Self-contained tokens: any replica opens what any other issued, and nobody else reads or makes one. */
export interface SealedTokens<T extends object> {
  /** base64url; about 90 characters longer than the payload's JSON is in base64url */
  issue(payload: T, expiresAt: Date): string
  open(token: string, now: Date): OpenedToken<T>
}

interface Content<T> {
  /** seconds since 1970 after which the token is worth nothing */
  readonly e: number
  readonly p: T
}

const longestToken = 8_192
const invalid = { ok: false, code: 'invalid', detail: 'The token is not one of ours.' } as const
const expired = { ok: false, code: 'expired', detail: 'The token has expired.' } as const

/**
 * Tokens for one purpose (nonce, access token, request state). Standards S-02: what was issued for one
 * purpose is invalid for any other. They may be used until they expire: what must happen once needs a
 * unique row besides (S-01).
 */
export function createSealedTokens<T extends object>(
  vault: Vault,
  purpose: string,
): SealedTokens<T> {
  const sealer = vault.sealerFor(`token ${purpose}`)
  return {
    issue: (payload, expiresAt) => {
      const content: Content<T> = { e: Math.floor(expiresAt.getTime() / 1_000), p: payload }
      return sealer.sealJson(content, '').toString('base64url')
    },
    open: (token, now) => {
      const content = openContent<T>(token, (sealed) => sealer.openJson(sealed, ''))
      if (!content) return invalid
      return content.e * 1_000 > now.getTime() ? { ok: true, value: content.p } : expired
    },
  }
}

function openContent<T>(
  token: string,
  open: (sealed: Buffer) => Content<T>,
): Content<T> | undefined {
  if (token.length > longestToken) return undefined
  const sealed = Buffer.from(token, 'base64url')
  // One spelling per token, so that a token can be its own unique row (standards F-16).
  if (sealed.toString('base64url') !== token) return undefined
  try {
    return open(sealed)
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}
