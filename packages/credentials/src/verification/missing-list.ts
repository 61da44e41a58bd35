import { type CheckResult, undetermined } from './checklist.ts'

/** What a status list that is not there, or is none, leaves open. */
export function judgeMissingList(uri: string, cause: string): CheckResult<never> {
  if (cause === 'snapshot_missing') return undetermined('status_snapshot_missing', { uri })
  if (cause === 'snapshot_stale') return undetermined('status_snapshot_stale', { uri })
  return cause === 'unreachable' || cause === 'oversized'
    ? undetermined('status_unreachable', { uri, cause })
    : undetermined('status_list_unusable', { uri, cause })
}
