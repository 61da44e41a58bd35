import type { DataKey, Vault } from '@mikromerit/service-kit'
import type { AwardContent } from './schemas.ts'

interface Place {
  readonly organisationId: string
  readonly id: string
}

interface SealedColumns {
  readonly dataKey: Buffer | null
  readonly content: Buffer | null
}

// Part of the seal: content copied to another row, or another organisation's, does not open.
const contentContext = ({ organisationId, id }: Place) => `awards/${organisationId}/${id}`
const reasonContext = ({ organisationId, id }: Place, changeId: string) =>
  `awards/${organisationId}/${id}/reasons/${changeId}`

/** Seals an award under a data key of its own: destroying that key erases it, backups included. */
export function sealAward(vault: Vault, place: Place, content: AwardContent) {
  const { wrapped, key } = vault.newDataKey()
  return { dataKey: wrapped, content: key.sealJson(content, contentContext(place)) }
}

/** The award's content; undefined once its learner is erased. */
export const openAward = (
  vault: Vault,
  place: Place,
  { dataKey, content }: SealedColumns,
): AwardContent | undefined =>
  dataKey && content
    ? vault.unwrapDataKey(dataKey).openJson<AwardContent>(content, contentContext(place))
    : undefined

/** Reasons may name the learner, so they share the award's key. */
export const sealReason = (key: DataKey, place: Place, changeId: string, reason: string) =>
  key.sealJson(reason, reasonContext(place, changeId))

export const openReason = (key: DataKey, place: Place, changeId: string, reason: Buffer) =>
  key.openJson<string>(reason, reasonContext(place, changeId))
