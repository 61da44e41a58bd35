/** The other side could not be asked, or the guarded client refused to ask it. Nothing was received. */
class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** Whether an error of a protocol library has an UnreachableError or a 5xx answer at its root: worth another try. */
export function isUnreachable(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 8; depth += 1) {
    if (current instanceof UnreachableError) return true
    if ('response' in current && current.response instanceof Object && 'status' in current.response)
      return Number(current.response.status) >= 500 || Number(current.response.status) === 429
    current = current.cause
  }
  return false
}

/** Marks failures of the guarded client, which the libraries otherwise wrap beyond recognition. */
export function markUnreachable(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    try {
      return await fetch(input, init)
    } catch (cause) {
      if (isBlocked(cause)) throw cause
      throw new UnreachableError('the request was not answered', { cause })
    }
  }
}

/** The guarded client does not call such addresses, now or later: nothing to retry. */
export function isBlocked(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 8; depth += 1) {
    if (current.name === 'BlockedAddressError') return true
    current = current.cause
  }
  return false
}
