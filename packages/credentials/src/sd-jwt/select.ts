import { accept, type Result } from '../result.ts'
import type { SdJwt } from './parse.ts'
import { type ProcessingRefusal, processSdJwt } from './process.ts'

/** A DCQL claims path (OpenID4VP 1.0, section 7): names, indexes, and null for every element of an array. */
export type ClaimsPathPointer = readonly (string | number | null)[]

/**
 * Keeps the Disclosures that the paths need: those on the way to a claim and those inside it, never its
 * siblings (W-35). Answers `<jwt>~<disclosure>~…~`, ready for a Key Binding JWT.
 */
export function selectDisclosures(
  sdJwt: SdJwt,
  paths: readonly ClaimsPathPointer[],
): Result<string, ProcessingRefusal> {
  const processed = processSdJwt(sdJwt)
  if (!processed.ok) return processed
  const wanted = processed.value.disclosed
    .filter(({ path }) => paths.some((pointer) => touches(pointer, path)))
    .map(({ disclosure }) => disclosure.encoded)
  const [jwt] = sdJwt.presented.split('~', 1)
  return accept(`${[jwt, ...wanted].join('~')}~`)
}

/** Whether one is an ancestor of, or the same as, the other. */
function touches(pointer: ClaimsPathPointer, path: readonly (string | number)[]): boolean {
  const shared = Math.min(pointer.length, path.length)
  for (let at = 0; at < shared; at++) {
    const step = pointer[at]
    if (step === null ? typeof path[at] !== 'number' : step !== path[at]) return false
  }
  return true
}
