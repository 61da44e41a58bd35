import { parseJws } from '@mikromerit/credentials'
import { OAuthError } from '@mikromerit/service-kit'
import { answersRequired } from '../dcql/evaluate.ts'
import type { CredentialQuery, DcqlQuery } from '../dcql/schemas.ts'

/** One presentation, with the query it answers. */
export interface Presentation {
  readonly query: CredentialQuery
  /** Position among the presentations for this query. */
  readonly index: number
  readonly token: string
}

/** As many as a query may ask for (dcqlLimits). */
const maxPresentations = 32

/**
 * Takes a vp_token apart (OpenID4VP 8.1). What contradicts the query in shape is refused whole (V-12).
 * @throws OAuthError invalid_request
 */
export function checkVpToken(
  vpToken: Readonly<Record<string, unknown>>,
  query: DcqlQuery,
): Presentation[] {
  const presentations = Object.entries(vpToken).flatMap(([id, tokens]) => {
    const credentialQuery = query.credentials.find((candidate) => candidate.id === id)
    if (!credentialQuery) throw refuse('The vp_token answers a query that was not asked.')
    return readTokens(tokens, credentialQuery)
  })
  if (presentations.length > maxPresentations) throw refuse('The vp_token holds too much.')
  if (!answersRequired(query, new Set(presentations.map(({ query: { id } }) => id))))
    throw refuse('The vp_token leaves a required query unanswered.')
  return presentations
}

function readTokens(tokens: unknown, query: CredentialQuery): Presentation[] {
  if (!Array.isArray(tokens) || tokens.length === 0)
    throw refuse('A member of vp_token is not an array with presentations.')
  if (tokens.length > 1 && !query.multiple)
    throw refuse('Several presentations answer a query that asked for one.')
  return tokens.map((token: unknown, index) => {
    if (typeof token !== 'string') throw refuse('A presentation is not a text.')
    return { query, index, token }
  })
}

/**
 * V-15: one presentation for another nonce makes the whole response another session's.
 * One without a readable nonce is left to its own verification.
 * @throws OAuthError invalid_request
 */
export function checkNonces(presentations: readonly Presentation[], nonce: string): void {
  for (const { token } of presentations) {
    const claimed = readKeyBinding(token)?.nonce
    if (claimed !== undefined && claimed !== nonce)
      throw refuse('A presentation was made for another nonce.')
  }
}

/** What a presentation says it was made for: the KB-JWT behind the last tilde; of a VC-JWT the whole. Unverified. */
export function readKeyBinding(token: string): Readonly<Record<string, unknown>> | undefined {
  const keyBinding = parseJws(token.slice(token.lastIndexOf('~') + 1))
  return keyBinding.ok ? keyBinding.value.payload : undefined
}

const refuse = (description: string): OAuthError => new OAuthError('invalid_request', description)
