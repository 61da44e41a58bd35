const timeoutMs = 5_000

export interface Answer {
  readonly response: Response | undefined
  /** Milliseconds since 1970 at which the answer came. */
  readonly at: number
  /** Why there is none: the network's or the TLS library's own code. */
  readonly reason: string | undefined
}

/** Fetches without throwing, and notes the moment of the answer. */
export async function get(url: string): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url, { redirect: 'error', signal })
    return { response, at: Date.now(), reason: undefined }
  } catch (error) {
    return { response: undefined, at: Date.now(), reason: readReason(error) }
  }
}

/** The JSON at an address; undefined when there is none. */
export async function getJson(url: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { response } = await get(url)
  const body: unknown = await response?.json().catch(() => undefined)
  // An object by the check; its members stay unknown.
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined
}

function readReason(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return 'unknown'
  const code: unknown = Reflect.get(cause, 'code')
  return typeof code === 'string' ? code : cause.message
}
