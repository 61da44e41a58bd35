import { signJws } from '../jose/jws.ts'
import type { Signer } from '../jose/signer.ts'
import {
  type BundleContent,
  bundleLimits,
  type IssuerDocument,
  maxDocumentCharacters,
  maxStatusListCharacters,
  type StatusSnapshot,
} from './schema.ts'

export const bundleType = 'bundle+jwt'

export interface SignBundleOptions {
  /** Who makes the bundle: a URI in its certificate. */
  readonly issuer: string
  readonly content: BundleContent
  readonly createdAt: Date
  readonly expiresAt: Date
  /** With its certificate chain. */
  readonly signer: Signer
}

/** Signs what somebody without a network may rely on until `expiresAt` (docs/reference/trust-bundle.md). */
export const signTrustBundle = ({
  issuer,
  content,
  createdAt,
  expiresAt,
  signer,
}: SignBundleOptions): Promise<string> =>
  signJws({
    header: { typ: bundleType },
    payload: {
      iss: issuer,
      iat: Math.floor(createdAt.getTime() / 1_000),
      exp: Math.floor(expiresAt.getTime() / 1_000),
      ...content,
    },
    signer,
    includeX5c: true,
  })

/** The newest snapshots that fit. What is left out leaves a status undetermined, never valid. */
export const selectSnapshots = (snapshots: readonly StatusSnapshot[]): StatusSnapshot[] =>
  selectNewest(snapshots, ({ list }) => list.length, {
    entries: bundleLimits.statusLists,
    characters: maxStatusListCharacters,
  })

/** The newest documents that fit. What is left out leaves an issuer's key undetermined. */
export const selectDocuments = (documents: readonly IssuerDocument[]): IssuerDocument[] =>
  selectNewest(documents, ({ document }) => JSON.stringify(document).length, {
    entries: bundleLimits.issuerDocuments,
    characters: maxDocumentCharacters,
  })

function selectNewest<T extends { readonly fetchedAt: string }>(
  all: readonly T[],
  lengthOf: (one: T) => number,
  limit: { readonly entries: number; readonly characters: number },
): T[] {
  const selected: T[] = []
  let characters = 0
  for (const one of all.toSorted((a, b) => b.fetchedAt.localeCompare(a.fetchedAt))) {
    const length = lengthOf(one)
    if (selected.length === limit.entries || characters + length > limit.characters) continue
    selected.push(one)
    characters += length
  }
  return selected
}
