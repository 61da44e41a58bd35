import { isLoopbackAddress, isPublicAddress } from './public-addresses.ts'

/** What of a service's configuration decides whom it may call. */
export interface OutboundConfig {
  readonly NODE_ENV?: string | undefined
  /** comma list of origins or hosts; `loopback` for http and https on this machine */
  readonly OUTBOUND_ALLOW?: string | undefined
}

/** Which addresses a connection may lead to. */
export type AddressRule = (address: string) => boolean

export interface OutboundPolicy {
  /** The rule for the addresses of a URL's host; undefined: not to be called at all. */
  ruleFor(url: URL): AddressRule | undefined
}

const anyAddress: AddressRule = () => true

/**
 * https to public addresses, and besides that what is listed. Without a list, outside production,
 * this machine itself: three services on localhost must find each other.
 */
export function createOutboundPolicy(config: OutboundConfig): OutboundPolicy {
  const entries = parseAllowed(config)
  const allowsLoopback = entries.includes('loopback')
  return {
    ruleFor: (url) => {
      // Credentials in a URL would be sent to whoever it names.
      if (url.username !== '' || url.password !== '') return undefined
      if (entries.includes(url.origin)) return anyAddress
      if (allowsLoopback && isWeb(url) && isLoopbackHost(url)) return isLoopbackAddress
      if (url.protocol !== 'https:') return undefined
      return entries.includes(url.host) ? anyAddress : isPublicAddress
    },
  }
}

function parseAllowed({ NODE_ENV, OUTBOUND_ALLOW }: OutboundConfig): string[] {
  const entries = (OUTBOUND_ALLOW ?? '').split(',').map((entry) => entry.trim())
  const listed = entries.filter(Boolean).map(normaliseEntry)
  return listed.length === 0 && NODE_ENV !== 'production' ? ['loopback'] : listed
}

// "https://Issuer.internal/" and "https://issuer.internal:443" are the same origin.
const normaliseEntry = (entry: string): string =>
  entry.includes('://') ? new URL(entry).origin : entry.toLowerCase()

const isWeb = (url: URL): boolean => url.protocol === 'http:' || url.protocol === 'https:'

function isLoopbackHost(url: URL): boolean {
  const host = bareHost(url.hostname)
  return host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host)
}

/** A URL's host without the brackets of an IPv6 literal. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1')
