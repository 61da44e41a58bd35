import { Problem } from '@mikromerit/service-kit'

const loopback = ['localhost', '127.0.0.1', '[::1]']

/**
 * S-18: the browser of the learner is sent there. Over https; in development also to this machine.
 * @throws Problem redirect-uri-invalid
 */
export function checkRedirectUri(text: string, environment: string | undefined): void {
  const url = URL.parse(text)
  if (!url || !isSafe(url, environment)) throw new Problem('redirect-uri-invalid')
  if (url.hash !== '' || url.username !== '' || url.password !== '')
    throw new Problem('redirect-uri-invalid')
}

/** Whether this is an origin as browsers write it, of a page that nobody else can pose as. */
export function isSafeOrigin(text: string, environment: string | undefined): boolean {
  const url = URL.parse(text)
  return url !== null && url.origin === text && isSafe(url, environment)
}

function isSafe({ protocol, hostname }: URL, environment: string | undefined): boolean {
  const isLocal = protocol === 'http:' && loopback.includes(hostname)
  return protocol === 'https:' || (isLocal && environment !== 'production')
}
