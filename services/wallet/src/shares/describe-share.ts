import { labelClaim } from '../claims/claim-labels.ts'
import type { HeldCredential } from '../credentials/stored-credential.ts'
import type { Share } from './schemas.ts'
import type { StoredShare } from './stored-share.ts'

export const describeShare = (
  row: { id: string; views: number; expiresAt: Date; createdAt: Date },
  { paths }: StoredShare,
  { content }: HeldCredential,
): Share => ({
  id: row.id,
  claims: paths.map((path) => labelClaim(path, content.labels)),
  views: row.views,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
})
