import { type AchievementContent, listReferences } from '@mikromerit/credentials'
import type { Transaction } from '@mikromerit/service-kit'
import { findPublishedContent } from '../catalogue/find-published.ts'
import { findAchievement } from './find-achievement.ts'

/** Definitions that are looked at around one: wholes of wholes are few levels deep. */
const maxDefinitions = 200

interface Start {
  readonly publicUrl: string
  readonly organisationId: string
  readonly url: string
  readonly content: AchievementContent
}

/**
 * The definitions that stacking rules lead to, as far as this issuer can see: the organisation's own and everything
 * published here. Definitions of other providers are addresses without content.
 */
export async function loadStackingReferences(
  tx: Transaction,
  { publicUrl, organisationId, url, content }: Start,
): Promise<ReadonlyMap<string, AchievementContent>> {
  const known = new Map<string, AchievementContent>([[url, content]])
  const waiting = referencesOf(content)
  const seen = new Set([url])
  while (waiting.length > 0 && seen.size < maxDefinitions) {
    const next = waiting.shift()
    if (next === undefined || seen.has(next)) continue
    seen.add(next)
    const found = await findContent(tx, { publicUrl, organisationId, url: next })
    if (!found) continue
    known.set(next, found)
    waiting.push(...referencesOf(found))
  }
  return known
}

export const referencesOf = ({
  stackingRules,
}: Pick<AchievementContent, 'stackingRules'>): string[] =>
  stackingRules ? listReferences(stackingRules) : []

async function findContent(
  tx: Transaction,
  { publicUrl, organisationId, url }: Omit<Start, 'content'>,
): Promise<AchievementContent | undefined> {
  const reference = parseAchievementUrl(publicUrl, url)
  if (!reference) return undefined
  if (reference.organisationId === organisationId) return findAchievement(tx, reference)
  return findPublishedContent(tx, reference)
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const path = new RegExp(`^/([a-z0-9-]{1,64})/achievements/(${uuid})$`)

/** Which definition of this installation an address means; undefined when it is another provider's. */
export function parseAchievementUrl(publicUrl: string, url: string) {
  if (!url.startsWith(`${publicUrl}/`)) return undefined
  const [, organisationId, id] = path.exec(url.slice(publicUrl.length)) ?? []
  return organisationId !== undefined && id !== undefined ? { organisationId, id } : undefined
}
