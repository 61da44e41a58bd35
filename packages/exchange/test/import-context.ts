import {
  type AchievementDraft,
  achievementExample,
  normaliseAchievement,
} from '@mikromerit/credentials'
import type { AwardImportContext, ImportItem, ImportRow } from '../src/awards/import-item.ts'

export const achievementId = '0190a5c4-7d1e-7c3b-9f00-000000000001'

/** An import of awards of one definition, on a day in June. */
export function anImportContext(changes: Partial<AchievementDraft> = {}): AwardImportContext {
  const content = normaliseAchievement({ ...achievementExample, ...changes })
  const codes = new Set([undefined, achievementId, 'EX123U'])
  return {
    findAchievement: (code) => (codes.has(code) ? { id: achievementId, content } : undefined),
    today: '2026-06-20',
  }
}

export async function collect(items: AsyncIterable<ImportItem>): Promise<ImportItem[]> {
  const collected: ImportItem[] = []
  for await (const item of items) collected.push(item)
  return collected
}

export const rowsAmong = (items: readonly ImportItem[]): ImportRow[] =>
  items.filter((item) => item.kind === 'row')

/** Codes with where they point, short enough to compare: `DATE_INVALID@3:awardedOn`. */
export const codesOf = ({ findings }: Pick<ImportRow, 'findings'>): string[] =>
  findings.map(({ code, row, field }) => `${code}@${row}:${field ?? ''}`)
