import { type Refusal, refuse, type StatusFetchRefusal } from '@mikromerit/credentials'

/** Why a status list could not be had, in the words of a report. */
export function describeFailure(code: string): Refusal<StatusFetchRefusal> {
  if (code === 'too_large')
    return refuse('oversized', 'The status list is larger than is read here.')
  if (code === 'media_type' || code === 'malformed')
    return refuse('malformed', 'The address holds no status list.')
  return refuse('unreachable', 'The status list cannot be fetched.')
}
