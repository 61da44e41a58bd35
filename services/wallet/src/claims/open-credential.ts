import {
  digestCredential,
  parseSdJwt,
  parseVcJwt,
  processSdJwt,
  type Result,
  readRegisteredClaims,
  selectDisclosures,
  type VcJwt,
} from '@mikromerit/credentials'
import type { ClaimPath } from './claim-path.ts'

/** A credential of ours, opened: it was verified before it was stored, so a failure here is a bug. */
export interface OpenCredential {
  /** The claims of an SD-JWT VC, or the whole W3C credential. */
  readonly payload: Readonly<Record<string, unknown>>
  /** Where its Disclosures stand: what the holder decides about. A VC-JWT has none. */
  readonly disclosable: readonly ClaimPath[]
  /** The certificates it was signed with, as base64 DER. */
  readonly x5c: readonly string[]
  /** Names it exactly: by it wholes name their parts. */
  readonly digest: string
  /** `jti` or `id`. */
  readonly id?: string
  readonly expiresAt?: Date
  /** Present for a W3C credential in a JWT, which is shown whole or not at all. */
  readonly vc?: VcJwt
  /** The credential with these claims disclosed and no others, ending in `~`; a VC-JWT as it is. */
  present(paths: readonly ClaimPath[]): string
}

/** An SD-JWT has tildes, a VC-JWT never. */
export const openCredential = (token: string): OpenCredential =>
  token.includes('~') ? openSdJwt(token) : openVcJwt(token)

function openSdJwt(token: string): OpenCredential {
  const sdJwt = demand(parseSdJwt(token))
  const { payload, disclosed } = demand(processSdJwt(sdJwt))
  const { expiresAt } = demand(readRegisteredClaims(payload))
  return {
    payload,
    disclosable: disclosed.map(({ path }) => path),
    x5c: sdJwt.jws.header.x5c ?? [],
    digest: digestCredential(token),
    ...(typeof payload.jti === 'string' && { id: payload.jti }),
    ...(expiresAt && { expiresAt }),
    present: (paths) => demand(selectDisclosures(sdJwt, paths)),
  }
}

function openVcJwt(token: string): OpenCredential {
  const vc = demand(parseVcJwt(token))
  const expiresAt = earliest(vc.expiresAt, vc.facts.validUntil)
  return {
    payload: vc.credential,
    disclosable: [],
    x5c: vc.jws.header.x5c ?? [],
    digest: digestCredential(token),
    ...(vc.facts.id !== undefined && { id: vc.facts.id }),
    ...(expiresAt && { expiresAt }),
    vc,
    present: () => token,
  }
}

/** Both the credential's own end and that of its signature count (V-25). */
function earliest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (!one || !other) return one ?? other
  return one < other ? one : other
}

function demand<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`a stored credential cannot be read: ${result.code}`)
  return result.value
}
