import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import type { Access } from './access.ts'

/** What a good token allows, and when it ends. */
export interface VerifiedToken {
  readonly access: Access
  readonly expiresAt: Date
}

/** A key that its issuer has withdrawn is believed for at most so long. */
const rememberedMs = 60_000
const mostTokens = 1_000

/**
 * Verifies a token once a minute: clients send the same one with request after request, and its signature
 * costs more than most of what they ask for. Only good tokens are remembered, and never beyond their end.
 */
export function rememberTokens(
  verify: (token: string) => Promise<VerifiedToken>,
  clock: Clock,
): (token: string) => Promise<Access> {
  const remembered = new LRUCache<string, { access: Access; until: number }>({ max: mostTokens })
  return async (token) => {
    const known = remembered.get(token)
    if (known && clock.now().getTime() < known.until) return known.access
    const { access, expiresAt } = await verify(token)
    const until = Math.min(expiresAt.getTime(), clock.now().getTime() + rememberedMs)
    remembered.set(token, { access, until })
    return access
  }
}
