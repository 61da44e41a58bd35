import type { Vault } from '@mikromerit/service-kit'
import type { IssuedCredential } from '../credentials/schemas.ts'
import type { Successions } from '../replacements/read-replacements.ts'
import type { Award } from './schemas.ts'
import { openAward } from './sealed-award.ts'
import type { awards } from './table.ts'

/** The columns an award is shown from. */
export type AwardRow = typeof awards.$inferSelect

/** An award as the API shows it. */
export function toAward(
  vault: Vault,
  row: AwardRow,
  credentials: readonly IssuedCredential[],
  successions: Successions = {},
): Award {
  const { id, achievementId, achievementVersion, awardedOn, status, erasedAt } = row
  return {
    ...openAward(vault, row, row),
    id,
    achievementId,
    achievementVersion,
    awardedOn,
    status,
    createdAt: row.createdAt.toISOString(),
    ...(erasedAt && { erasedAt: erasedAt.toISOString() }),
    ...successions,
    credentials: [...credentials],
  }
}
