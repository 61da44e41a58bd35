import type { OwnRecord, OwnRecordSummary } from './schemas.ts'
import type { HeldRecord } from './stored-record.ts'

export const summariseRecord = ({ id, importedAt, content }: HeldRecord): OwnRecordSummary => ({
  id,
  format: content.format,
  selfDeclared: content.isSelfDeclared,
  outcome: content.outcome,
  importedAt: importedAt.toISOString(),
  verifiedAt: content.verifiedAt,
  microCredential: content.microCredential,
})

export const describeRecord = (held: HeldRecord): OwnRecord => ({
  ...summariseRecord(held),
  checks: [...held.content.checks],
  ...(held.content.raw === undefined ? {} : { raw: held.content.raw }),
})
