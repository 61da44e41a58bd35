import { Problem } from '@mikromerit/service-kit'

const loopback = ['localhost', '127.0.0.1', '[::1]']

/**
 * S-18: the browser of the learner is sent there. Over https; in development also to this machine.
 * @throws Problem redirect-uri-invalid
 */
export function checkRedirectUri(text: string, environment: string | undefined): void {
  const url = URL.parse(text)
  const isLocal = url?.protocol === 'http:' && loopback.includes(url.hostname)
  const isSafe = url?.protocol === 'https:' || (isLocal && environment !== 'production')
  if (!url || !isSafe || url.hash !== '' || url.username !== '' || url.password !== '')
    throw new Problem('redirect-uri-invalid')
}
