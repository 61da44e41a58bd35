import { type Finding, fault, ok, warning } from './finding.ts'

const timeout = 5_000
const tolerableSkewSeconds = 30

/** Looks at one service from outside: address, TLS, clock, readiness (its database included) and documents. */
export async function checkService(name: string, baseUrl: string): Promise<Finding[]> {
  const alive = await get(`${baseUrl}/livez`)
  if (!alive.response) {
    const remedy = `Start the ${name}, or say where it answers with ${name.toUpperCase()}_URL.`
    return [fault(`${baseUrl} does not answer (${alive.reason})`, remedy)]
  }
  return [
    ok(`${baseUrl} answers`),
    checkTransport(name, baseUrl),
    checkClock(alive.response, alive.at),
    ...(await checkReadiness(baseUrl)),
    await checkPublicUrl(baseUrl),
  ]
}

function checkTransport(name: string, baseUrl: string): Finding {
  const { protocol, hostname } = new URL(baseUrl)
  if (protocol === 'https:') return ok('TLS: the certificate is accepted')
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
    return warning(
      'plain http on loopback',
      'Fine for development; wallets elsewhere demand https.',
    )
  }
  return fault(
    'plain http on a network address',
    `Terminate TLS in front of the ${name} and set its PUBLIC_URL to the https address.`,
  )
}

function checkClock(response: Response, at: number): Finding {
  const served = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(served))
    return warning('the clock could not be read', 'A proxy may remove the Date header.')
  const skew = Math.round(Math.abs(served - at) / 1000)
  return skew <= tolerableSkewSeconds
    ? ok(`clock: within ${Math.max(skew, 1)} s of this machine`)
    : fault(`clock: ${skew} s off from this machine`, 'Run a time service (NTP) on both machines.')
}

async function checkReadiness(baseUrl: string): Promise<Finding[]> {
  const { response } = await get(`${baseUrl}/readyz`)
  const body = (await response?.json().catch(() => undefined)) as
    | { checks?: { name: string; status: string; reason?: string }[] }
    | undefined
  if (!body?.checks) return [fault('readiness: no readable answer', 'See the service’s log.')]
  return body.checks.map(({ name, status, reason }) =>
    status === 'ok'
      ? ok(`ready: ${name}`)
      : fault(
          `not ready: ${name}${reason ? ` (${reason})` : ''}`,
          'See the service’s log for the cause.',
        ),
  )
}

/** Credentials and requests carry the public URL: a service reached under another one will be refused. */
async function checkPublicUrl(baseUrl: string): Promise<Finding> {
  const { response } = await get(`${baseUrl}/openapi.json`)
  const document = (await response?.json().catch(() => undefined)) as
    | { servers?: { url: string }[] }
    | undefined
  const publicUrl = document?.servers?.[0]?.url
  if (publicUrl === baseUrl) return ok(`public URL: ${publicUrl}`)
  return warning(
    `public URL: the service calls itself ${publicUrl ?? 'nothing readable'}`,
    `Others must reach it there. If ${baseUrl} is right, set PUBLIC_URL to it.`,
  )
}

/** Fetches without throwing, and notes the moment of the answer. */
export async function get(url: string, headers: Record<string, string> = {}) {
  try {
    const response = await fetch(url, {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    })
    return { response, at: Date.now(), reason: undefined }
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    const reason =
      cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : 'unknown'
    return { response: undefined, at: Date.now(), reason }
  }
}
