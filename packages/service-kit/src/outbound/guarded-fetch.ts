import { type Dispatcher, fetch as undiciFetch } from 'undici'
import { BlockedAddressError } from './guarded-agent.ts'
import type { OutboundPolicy } from './outbound-policy.ts'
import { readBytes } from './read-body.ts'

const maxBytes = 512 * 1024
const timeoutMs = 5_000

/** `fetch` for libraries that bring their own protocol: same guard, same limits, redirects are errors. */
export const createGuardedFetch =
  (dispatcher: Dispatcher, policy: OutboundPolicy): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init)
    if (!policy.ruleFor(new URL(request.url))) throw new BlockedAddressError()
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)])
    // Node's own fetch is another undici: the request is spelled out for ours.
    const response = await undiciFetch(request.url, {
      method: request.method,
      headers: [...request.headers],
      body: request.body === null ? null : await request.arrayBuffer(),
      redirect: 'error',
      credentials: 'omit',
      dispatcher,
      signal,
    })
    const { status, statusText } = response
    const headers = new Headers([...response.headers])
    // The body arrives decoded: what these said of it is no longer true.
    headers.delete('content-encoding')
    headers.delete('content-length')
    const bytes = response.body ? await readBytes(response.body, maxBytes) : null
    const isEmpty = status === 204 || status === 205 || status === 304
    return new Response(isEmpty ? null : bytes, { status, statusText, headers })
  }
