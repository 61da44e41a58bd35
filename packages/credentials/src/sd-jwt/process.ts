import { isObject } from '../jose/json.ts'
import { accept, type Result, refuse } from '../result.ts'
import type { Disclosure } from './disclosure.ts'
import { sdDigest } from './hash.ts'
import type { SdJwt } from './parse.ts'

/** Where a claim stands: object member names and array indexes of the processed payload. */
export type ClaimPath = readonly (string | number)[]

export interface DisclosedClaim {
  readonly path: ClaimPath
  readonly disclosure: Disclosure
}

export interface ProcessedSdJwt {
  /** The payload as if nothing had been hidden, less what was not disclosed. Its objects have no prototype. */
  readonly payload: Record<string, unknown>
  /** What was disclosed, and where it went, parents before children. */
  readonly disclosed: readonly DisclosedClaim[]
}

export type ProcessingRefusal =
  | 'digest_malformed'
  | 'digest_repeated'
  | 'disclosure_repeated'
  | 'disclosure_unreferenced'
  | 'disclosure_misplaced'
  | 'claim_overwritten'
  | 'sd_alg_nested'
  | 'nesting_too_deep'

const maxDepth = 16

/**
 * Puts the Disclosures where their digests stand (RFC 9901 7.1, steps 3 to 6; F-05 to F-11, F-13, F-14).
 * Says nothing about the signature: check that first.
 */
export function processSdJwt(sdJwt: SdJwt): Result<ProcessedSdJwt, ProcessingRefusal> {
  const waiting = new Map<string, Disclosure>()
  for (const disclosure of sdJwt.disclosures) {
    const digest = sdDigest(disclosure.encoded, sdJwt.hashAlgorithm)
    if (waiting.has(digest))
      return refuse('disclosure_repeated', 'The same Disclosure was sent twice.')
    waiting.set(digest, disclosure)
  }
  const walk: Walk = { waiting, digests: new Set(), disclosed: [] }
  try {
    const payload = processObject(sdJwt.jws.payload, [], walk)
    // RFC 9901 7.1 (5): a Disclosure that no digest asks for was never signed.
    if (waiting.size > 0) {
      return refuse(
        'disclosure_unreferenced',
        'A Disclosure belongs to no digest of the credential.',
      )
    }
    return accept({ payload, disclosed: walk.disclosed })
  } catch (error) {
    if (error instanceof Misshapen) return refuse(error.code, error.message)
    throw error
  }
}

interface Walk {
  readonly waiting: Map<string, Disclosure>
  readonly digests: Set<string>
  readonly disclosed: DisclosedClaim[]
}

/** Leaves the recursion at the first fault; never leaves this module. */
class Misshapen extends Error {
  readonly code: ProcessingRefusal
  constructor(code: ProcessingRefusal, message: string) {
    super(message)
    this.code = code
  }
}

function processValue(value: unknown, path: ClaimPath, walk: Walk): unknown {
  if (path.length > maxDepth)
    throw new Misshapen('nesting_too_deep', 'The claims are nested too deep.')
  if (Array.isArray(value)) return processArray(value, path, walk)
  return isObject(value) ? processObject(value, path, walk) : value
}

function processObject(source: Record<string, unknown>, path: ClaimPath, walk: Walk) {
  // F-14: without a prototype, a claim called __proto__ or constructor is a claim like any other.
  const target: Record<string, unknown> = Object.create(null)
  const { _sd: digests, ...claims } = source
  for (const [name, value] of Object.entries(claims)) {
    if (name === '...')
      throw new Misshapen('digest_malformed', 'A digest placeholder stands outside an array.')
    if (name === '_sd_alg') {
      if (path.length > 0)
        throw new Misshapen('sd_alg_nested', '_sd_alg stands below the top level.')
      continue
    }
    target[name] = processValue(value, [...path, name], walk)
  }
  for (const digest of readDigests(digests)) {
    const disclosure = takeDisclosure(digest, walk)
    if (!disclosure) continue
    const { name } = disclosure
    if (name === undefined)
      throw new Misshapen(
        'disclosure_misplaced',
        'A Disclosure of an array element stands in an object.',
      )
    // F-08: by now `target` holds what is signed in the open and what was disclosed before.
    if (Object.hasOwn(target, name)) {
      throw new Misshapen('claim_overwritten', 'A Disclosure would overwrite a claim.')
    }
    walk.disclosed.push({ path: [...path, name], disclosure })
    target[name] = processValue(disclosure.value, [...path, name], walk)
  }
  return target
}

function processArray(source: readonly unknown[], path: ClaimPath, walk: Walk): unknown[] {
  const target: unknown[] = []
  for (const element of source) {
    if (!isObject(element) || !Object.hasOwn(element, '...')) {
      target.push(processValue(element, [...path, target.length], walk))
      continue
    }
    const digest = element['...']
    if (Object.keys(element).length !== 1 || typeof digest !== 'string') {
      throw new Misshapen(
        'digest_malformed',
        'A digest placeholder in an array has other members or no text.',
      )
    }
    const disclosure = takeDisclosure(digest, walk)
    if (!disclosure) continue
    if (disclosure.name !== undefined) {
      throw new Misshapen(
        'disclosure_misplaced',
        'A Disclosure of an object member stands in an array.',
      )
    }
    const place = [...path, target.length]
    walk.disclosed.push({ path: place, disclosure })
    target.push(processValue(disclosure.value, place, walk))
  }
  return target
}

function readDigests(digests: unknown): string[] {
  if (digests === undefined) return []
  if (!Array.isArray(digests) || digests.some((digest) => typeof digest !== 'string')) {
    throw new Misshapen('digest_malformed', '_sd is not an array of strings.')
  }
  return digests
}

/** F-09: a digest may occur once in the whole credential, whether it is disclosed or not. */
function takeDisclosure(digest: string, { waiting, digests }: Walk): Disclosure | undefined {
  if (digests.has(digest)) throw new Misshapen('digest_repeated', 'The same digest occurs twice.')
  digests.add(digest)
  const disclosure = waiting.get(digest)
  waiting.delete(digest)
  return disclosure
}
