import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { type AddressRule, bareHost, type OutboundPolicy } from './outbound-policy.ts'

/** Resolves a host to all of its addresses, as `dns.lookup` does with `all`. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** A connection was refused because of where it would lead. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError'
  readonly code = 'BLOCKED'
}

const connectTimeoutMs = 3_000
const connectionsPerOrigin = 32

/**
 * An undici Agent that looks at the address when it connects, not before (standards S-21): the
 * addresses that were checked are those the connection is made to, whatever the name says next time.
 */
export function createGuardedAgent(policy: OutboundPolicy, resolve: Resolve = systemLookup): Agent {
  return new Agent({
    connections: connectionsPerOrigin,
    pipelining: 1,
    maxHeaderSize: 16_384,
    connect: (options, callback) => {
      const rule = policy.ruleFor(urlOf(options))
      const host = bareHost(options.hostname)
      // A literal address is never looked up: it is checked here.
      if (!rule || (isIP(host) !== 0 && !rule(host)))
        return callback(new BlockedAddressError(), null)
      const connect = buildConnector({
        timeout: connectTimeoutMs,
        allowH2: false,
        lookup: checkedLookup(resolve, rule),
      })
      connect(options, callback)
    },
  })
}

const urlOf = ({ protocol, hostname, port }: buildConnector.Options): URL =>
  new URL(
    `${protocol}//${isIP(bareHost(hostname)) === 6 ? `[${bareHost(hostname)}]` : hostname}:${port}`,
  )

// One refused address refuses the name: a name that mixes public and private ones is an attack.
const checkedLookup =
  (resolve: Resolve, rule: AddressRule): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0]
      if (error || !first) return callback(error ?? new BlockedAddressError(), '')
      if (!addresses.every(({ address }) => rule(address)))
        return callback(new BlockedAddressError(), '')
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
