import { BlockList, isIP } from 'node:net'

// IANA IPv4 Special-Purpose Address Registry: all that is not globally reachable, and multicast.
const specialV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

// Global unicast is 2000::/3; within it these lead elsewhere. Outside it lie loopback, unspecified,
// v4-mapped, NAT64 (64:ff9b::/96), unique local, link-local and multicast: none is public.
const globalV6 = '2000::/3'
const specialV6 = [
  '2001::/23', // protocol assignments, Teredo among them
  '2001:db8::/32',
  '2002::/16', // 6to4: carries an IPv4 address
  '2620:4f:8000::/48',
  '3fff::/20',
]

const createList = (ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    list.addSubnet(address, Number(prefix), family)
  }
  return list
}

const blockedV4 = createList(specialV4, 'ipv4')
const blockedV6 = createList(specialV6, 'ipv6')
const unicastV6 = createList([globalV6], 'ipv6')
const loopbackV4 = createList(['127.0.0.0/8'], 'ipv4')
const loopbackV6 = createList(['::1/128'], 'ipv6')

/** True for addresses of the public internet only (standards S-20); false for what is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !blockedV4.check(address, 'ipv4')
  // A zone id (fe80::1%eth0) names a link: never public.
  if (family !== 6 || address.includes('%')) return false
  return unicastV6.check(address, 'ipv6') && !blockedV6.check(address, 'ipv6')
}

export const isLoopbackAddress = (address: string): boolean => {
  const family = isIP(address)
  if (family === 4) return loopbackV4.check(address, 'ipv4')
  return family === 6 && loopbackV6.check(address, 'ipv6')
}
