import { parseSdJwt, processSdJwt, type Result, selectDisclosures } from '@mikromerit/credentials'
import type { ClaimPath } from './claim-path.ts'

/** A credential of ours, opened: it was verified before it was stored, so a failure here is a bug. */
export interface OpenCredential {
  readonly payload: Readonly<Record<string, unknown>>
  /** Where its Disclosures stand: what the holder decides about. */
  readonly disclosable: readonly ClaimPath[]
  /** The certificates it was signed with, as base64 DER. */
  readonly x5c: readonly string[]
  /** The credential with these claims disclosed and no others, ending in `~`. */
  present(paths: readonly ClaimPath[]): string
}

export function openCredential(token: string): OpenCredential {
  const sdJwt = demand(parseSdJwt(token))
  const { payload, disclosed } = demand(processSdJwt(sdJwt))
  return {
    payload,
    disclosable: disclosed.map(({ path }) => path),
    x5c: sdJwt.jws.header.x5c ?? [],
    present: (paths) => demand(selectDisclosures(sdJwt, paths)),
  }
}

function demand<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`a stored credential cannot be read: ${result.code}`)
  return result.value
}
