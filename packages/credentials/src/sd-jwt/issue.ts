import { isObject } from '../jose/json.ts'
import { signJws } from '../jose/jws.ts'
import { takeRandomBytes } from '../jose/random.ts'
import type { Signer } from '../jose/signer.ts'
import { encodeDisclosure, reservedNames } from './disclosure.ts'
import { sdDigest } from './hash.ts'

const saltBytes = 16 // RFC 9901 9.3: at least 128 bits

export interface IssueSdJwtOptions {
  readonly header: { readonly typ: string; readonly [name: string]: unknown }
  readonly payload: Readonly<Record<string, unknown>>
  /** Members to hide: names, or paths such as `address/street` to hide inside an object. Absent ones are skipped. */
  readonly disclosable: readonly string[]
  readonly signer: Signer
  readonly includeX5c?: boolean
}

/**
 * Issues an SD-JWT with all its Disclosures: `<jwt>~<disclosure>~…~` (RFC 9901 4).
 * @throws TypeError when a claim has a reserved name, or a path to hide leads into something that is no object.
 */
export async function issueSdJwt(options: IssueSdJwtOptions): Promise<string> {
  const { payload, disclosures } = hideClaims(options.payload, options.disclosable)
  const jwt = await signJws({
    header: options.header,
    payload,
    signer: options.signer,
    ...(options.includeX5c !== undefined && { includeX5c: options.includeX5c }),
  })
  return `${[jwt, ...disclosures].join('~')}~`
}

/** Makes the Disclosure of a member, keeps it, and answers its digest. */
type Hide = (name: string, value: unknown) => string

/** Replaces the members by digests, each under a fresh salt, and sorts the digests so that order tells nothing. */
export function hideClaims(
  payload: Readonly<Record<string, unknown>>,
  disclosable: readonly string[],
): { payload: Record<string, unknown>; disclosures: string[] } {
  refuseReservedNames(payload)
  if (disclosable.length === 0) return { payload: { ...payload }, disclosures: [] }
  const salts = takeRandomBytes(saltBytes * disclosable.length)
  const disclosures: string[] = []
  const hide: Hide = (name, value) => {
    const start = disclosures.length * saltBytes
    const salt = salts.toString('base64url', start, start + saltBytes)
    const disclosure = encodeDisclosure(salt, name, value)
    disclosures.push(disclosure)
    return sdDigest(disclosure)
  }
  const inside = disclosable.filter((path) => path.includes('/'))
  const claims = inside.length === 0 ? payload : hideInside(payload, inside, hide)
  return { payload: { ...hideMembers(claims, disclosable, hide), _sd_alg: 'sha-256' }, disclosures }
}

/** Hides members of the object itself, where nearly all are: one copy, one sort. */
function hideMembers(
  claims: Readonly<Record<string, unknown>>,
  names: readonly string[],
  hide: Hide,
): Record<string, unknown> {
  const there = new Set(names.filter((name) => Object.hasOwn(claims, name)))
  if (there.size === 0) return { ...claims }
  const digests = Array.from(there, (name) => hide(name, claims[name])).sort()
  const open = Object.entries(claims).filter(([name]) => !there.has(name))
  return { ...Object.fromEntries(open), _sd: digests }
}

/** Hides members of objects within, the deepest first, so that a hidden parent carries them hidden. */
function hideInside(
  payload: Readonly<Record<string, unknown>>,
  inside: readonly string[],
  hide: Hide,
): Record<string, unknown> {
  const hidden: Record<string, unknown> = { ...payload }
  const paths = inside
    .map((path) => path.split('/'))
    .sort((one, other) => other.length - one.length)
  for (const path of paths) {
    const name = path.at(-1) ?? ''
    const parent = copyParent(hidden, path)
    if (!parent || !Object.hasOwn(parent, name)) continue
    const digest = hide(name, parent[name])
    delete parent[name]
    // The caller's claims hold no `_sd`: what is there, we put there.
    parent._sd = insertSorted(parent._sd as string[] | undefined, digest)
  }
  return hidden
}

/** Sorted at every moment: a hidden parent is encoded with the digests that it holds by then. */
function insertSorted(digests: readonly string[] = [], digest: string): string[] {
  const at = digests.findIndex((other) => other > digest)
  return digests.toSpliced(at < 0 ? digests.length : at, 0, digest)
}

/** The object that holds the path's last name, copied on the way so that the caller's claims stay as they are. */
function copyParent(root: Record<string, unknown>, path: readonly string[]) {
  let parent = root
  for (const name of path.slice(0, -1)) {
    const child = Object.hasOwn(parent, name) ? parent[name] : undefined
    if (child === undefined) return undefined
    // Not to be passed over: what the caller wants hidden would stand in the open.
    if (!isObject(child))
      throw new TypeError('A path to hide leads into something that is no object.')
    const copy = { ...child }
    parent[name] = copy
    parent = copy
  }
  return parent
}

/** RFC 9901 4.1: such a member would be read as a digest, or as the name of a hash algorithm. */
function refuseReservedNames(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    if (reservedNames.has(name)) throw new TypeError('A claim has a name that SD-JWT reserves.')
    refuseReservedNames(member)
  }
}
