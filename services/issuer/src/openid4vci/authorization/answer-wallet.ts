import type { Issuer } from '../../organisations/issuers.ts'
import type { AuthorizationRequest } from './authorization.ts'

type Answer = { readonly code: string } | { readonly error: string }

/** RFC 6749 4.1.2, RFC 9207: the address that takes the answer, and who gives it, back to the wallet. */
export function buildAnswerUrl(
  { identifier }: Issuer,
  { redirectUri, state }: Pick<AuthorizationRequest, 'redirectUri' | 'state'>,
  answer: Answer,
): string {
  const url = new URL(redirectUri)
  const members = { ...answer, ...(state !== undefined && { state }), iss: identifier }
  for (const [name, value] of Object.entries(members)) url.searchParams.append(name, value)
  return url.href
}
