import type { WalletContext } from '../context.ts'

export type SendResult =
  | { ok: true; redirectUri?: string }
  | { ok: false; code: 'verifier-unreachable' | 'verifier-refused' }

/** S-18: to the one address bound to the authenticated verifier. Redirects are not followed (W-28). */
export async function sendAnswer(
  context: WalletContext,
  responseUri: string,
  form: Readonly<Record<string, string>>,
): Promise<SendResult> {
  const answer = await context.outbound.postForm(responseUri, form, {
    accept: 'application/json',
    mediaTypes: ['*/*'],
    maxBytes: 65_536,
  })
  if (answer.ok) return { ok: true, ...readRedirect(context, answer.value.body) }
  // Taken, but with a body that is of no use: W-41 lets us ignore it.
  if (answer.code === 'too_large' || answer.code === 'malformed' || answer.code === 'media_type')
    return { ok: true }
  const isFinal =
    answer.code === 'blocked' || (answer.code === 'status' && (answer.status ?? 0) < 500)
  return { ok: false, code: isFinal ? 'verifier-refused' : 'verifier-unreachable' }
}

/** W-41: only an https address or an app is a place to send a person to. */
function readRedirect(context: WalletContext, body: string): { redirectUri?: string } {
  const redirectUri = parseRedirect(body)
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return {}
  const { protocol, hostname } = new URL(redirectUri)
  if (protocol === 'https:') return { redirectUri }
  if (protocol === 'http:') {
    const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
    return isLocal && context.config.NODE_ENV !== 'production' ? { redirectUri } : {}
  }
  return refusedSchemes.has(protocol) ? {} : { redirectUri }
}

// Schemes that run or read something on the learner's own device.
const refusedSchemes = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'blob:',
  'filesystem:',
  'about:',
  'view-source:',
  'content:',
  'intent:',
  'ws:',
  'wss:',
  'ftp:',
  'jar:',
  'chrome:',
])

function parseRedirect(body: string): string | undefined {
  try {
    const { redirect_uri: redirectUri } = Object(JSON.parse(body))
    return typeof redirectUri === 'string' && redirectUri.length <= 4_096 ? redirectUri : undefined
  } catch {
    return undefined
  }
}
