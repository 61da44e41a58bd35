import { openCredential } from '../claims/open-credential.ts'
import { type CredentialIdentity, identify } from './identity.ts'
import type { HeldCredential, StoredCredential } from './stored-credential.ts'

/** Credentials of one award: the same achievement, in one or several formats. */
export interface AwardGroup {
  /** As the issuer names it, where one of the credentials says. */
  readonly awardId?: string
  readonly members: readonly HeldCredential[]
}

export const identityOf = ({ identity, token }: StoredCredential): CredentialIdentity =>
  identity ?? identify(openCredential(token))

export const issuerOf = ({ issuer }: StoredCredential): string => issuer.iss ?? issuer.identifier

/** What credentials of one award have in common: the issuer's word, or the offer they came by. */
export interface AwardKeys {
  /** Absent in a format that has no place for the award. */
  readonly award?: string
  readonly offer?: string
}

export function awardKeysOf(content: StoredCredential): AwardKeys {
  const { awardId, achievementId } = identityOf(content)
  const { offerId } = content
  return {
    ...(awardId !== undefined && { award: JSON.stringify([issuerOf(content), awardId]) }),
    ...(offerId !== undefined &&
      achievementId !== undefined && {
        offer: JSON.stringify([issuerOf(content), offerId, achievementId]),
      }),
  }
}

/**
 * Which credentials belong to one award: those whose issuer says so, and, where a format has no place for the award
 * (Open Badges), those that came by the same offer for the same definition.
 */
export function groupByAward(held: readonly HeldCredential[]): AwardGroup[] {
  const groups = new Map<string, { awardId?: string; members: HeldCredential[] }>()
  const byOffer = new Map<string, string>()
  const sorted = [...held.filter(namesAward), ...held.filter((one) => !namesAward(one))]
  for (const credential of sorted) {
    const { awardId } = identityOf(credential.content)
    const { award, offer } = awardKeysOf(credential.content)
    const key = award ?? (offer && byOffer.get(offer)) ?? credential.id
    if (offer && !byOffer.has(offer)) byOffer.set(offer, key)
    const group = groups.get(key) ?? { ...(awardId === undefined ? {} : { awardId }), members: [] }
    group.members.push(credential)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const namesAward = ({ content }: HeldCredential): boolean =>
  identityOf(content).awardId !== undefined
