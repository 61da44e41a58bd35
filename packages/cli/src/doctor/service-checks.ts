import { type Finding, fault, ok, warning } from './finding.ts'
import { type Answer, get, getJson } from './http.ts'
import { checkTransport } from './tls-checks.ts'

const tolerableSkewSeconds = 30

/** Looks at one service from outside: address, TLS, clock, readiness (its database included) and public URL. */
export async function checkService(name: string, baseUrl: string, now: Date): Promise<Finding[]> {
  const alive = await get(`${baseUrl}/livez`)
  if (!alive.response?.ok) return [describeAbsence(name, baseUrl, alive)]
  return [
    ok(`${baseUrl} answers`),
    await checkTransport(name, baseUrl, now),
    checkClock(alive.response, alive.at),
    ...(await checkReadiness(baseUrl)),
    await checkPublicUrl(baseUrl),
  ]
}

function describeAbsence(name: string, baseUrl: string, { response, reason }: Answer): Finding {
  if (response) {
    const remedy = `Something else answers there. Say where the ${name} is with ${name.toUpperCase()}_URL.`
    return fault(`${baseUrl} is not the ${name} (HTTP ${response.status})`, remedy)
  }
  if (/CERT|SELF_SIGNED|TLS|SSL/.test(reason ?? '')) {
    const remedy =
      'Use a certificate for this host from a public authority, with its intermediates; for an authority of your own set NODE_EXTRA_CA_CERTS.'
    return fault(`${baseUrl}: the TLS certificate is not accepted (${reason})`, remedy)
  }
  const remedy = `Start the ${name}, or say where it answers with ${name.toUpperCase()}_URL.`
  return fault(`${baseUrl} does not answer (${reason})`, remedy)
}

function checkClock(response: Response, at: number): Finding {
  const served = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(served)) {
    return warning('the clock could not be read', 'A proxy may remove the Date header.')
  }
  const skew = Math.round(Math.abs(served - at) / 1000)
  return skew <= tolerableSkewSeconds
    ? ok(`clock: within ${Math.max(skew, 1)} s of this machine`)
    : fault(`clock: ${skew} s off from this machine`, 'Run a time service (NTP) on both machines.')
}

interface ReadinessResult {
  readonly name: string
  readonly status: string
  readonly reason?: string
}

async function checkReadiness(baseUrl: string): Promise<Finding[]> {
  const body = await getJson(`${baseUrl}/readyz`)
  if (!Array.isArray(body?.checks)) {
    return [fault('readiness: no readable answer', 'See the service’s log.')]
  }
  // The service's own answer, in the form of its API document.
  const results = body.checks as readonly ReadinessResult[]
  return results.map(({ name, status, reason }) => {
    if (status === 'ok') return ok(`${name}: ready`)
    const remedy =
      name === 'database'
        ? 'Check DATABASE_URL and that PostgreSQL runs; the service’s log names the cause.'
        : 'See the service’s log for the cause.'
    return fault(`${name}: not ready${reason ? ` (${reason})` : ''}`, remedy)
  })
}

/** Credentials and requests carry the public URL: a service reached under another one will be refused. */
async function checkPublicUrl(baseUrl: string): Promise<Finding> {
  const publicUrl = await readPublicUrl(baseUrl)
  if (publicUrl === baseUrl) return ok(`public URL: ${publicUrl}`)
  return warning(
    `public URL: the service calls itself ${publicUrl ?? 'nothing readable'}`,
    `Others must reach it there. If ${baseUrl} is right, set PUBLIC_URL to it.`,
  )
}

/** What the service believes its address to be. */
export async function readPublicUrl(baseUrl: string): Promise<string | undefined> {
  const document = await getJson(`${baseUrl}/openapi.json`)
  const [server] = Array.isArray(document?.servers) ? document.servers : []
  const url: unknown = server?.url
  return typeof url === 'string' ? url : undefined
}
