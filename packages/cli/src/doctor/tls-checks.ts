import { connect } from 'node:tls'
import { type Finding, fault, ok, warning } from './finding.ts'

const timeoutMs = 5_000
const soonMs = 30 * 24 * 60 * 60 * 1000
const loopback = ['localhost', '127.0.0.1', '[::1]']

/** Whether the address is protected, and for how long its certificate lasts. */
export async function checkTransport(name: string, baseUrl: string, now: Date): Promise<Finding> {
  const { protocol, hostname, port } = new URL(baseUrl)
  if (protocol === 'https:') return checkCertificate(hostname, Number(port || 443), now)
  if (loopback.includes(hostname)) {
    return warning(
      'TLS: plain http on loopback',
      'Fine for development; wallets elsewhere demand https.',
    )
  }
  return fault(
    'TLS: plain http on a network address',
    `Terminate TLS in front of the ${name} and set its PUBLIC_URL to the https address.`,
  )
}

async function checkCertificate(host: string, port: number, now: Date): Promise<Finding> {
  const expiry = await readExpiry(host, port)
  if (expiry === undefined) return warning('TLS: the certificate could not be read', 'Try again.')
  const day = expiry.toISOString().slice(0, 10)
  return expiry.getTime() - now.getTime() < soonMs
    ? warning(`TLS: the certificate ends ${day}`, 'Renew it before then.')
    : ok(`TLS: the certificate is accepted and holds until ${day}`)
}

/** Only read here: that the certificate is good has been seen when the service answered. */
function readExpiry(host: string, port: number): Promise<Date | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, servername: host, timeout: timeoutMs }, () => {
      const expiry = new Date(socket.getPeerCertificate().valid_to)
      socket.end()
      resolve(Number.isNaN(expiry.getTime()) ? undefined : expiry)
    })
    const giveUp = () => {
      socket.destroy()
      resolve(undefined)
    }
    socket.once('error', giveUp).once('timeout', giveUp)
  })
}
