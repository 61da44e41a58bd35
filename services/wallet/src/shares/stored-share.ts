import type { ClaimPath } from '../claims/claim-path.ts'
import type { Holder } from '../holders/holders.ts'

/** What is sealed in a share's row. */
export interface StoredShare {
  /** The disclosures it opens; of a VC-JWT none can be chosen. */
  readonly paths: readonly ClaimPath[]
}

export const sealShare = (holder: Holder, id: string, share: StoredShare): Buffer =>
  holder.dataKey.sealJson(share, contextOf(holder, id))

export const unsealShare = (holder: Holder, id: string, sealed: Buffer): StoredShare =>
  holder.dataKey.openJson<StoredShare>(sealed, contextOf(holder, id))

const contextOf = (holder: Holder, id: string) => `shares/${holder.id}/${id}`
