import type { VerificationCheck } from '../verification/report.ts'
import type { TrustBundle } from './verify-bundle.ts'

/** Adds to each check of a status how old the list was that it rests on, as evidence. */
export const noteAges = (
  checks: readonly VerificationCheck[],
  { content }: TrustBundle,
  now: Date,
): VerificationCheck[] =>
  checks.map((check) => {
    const uri = check.code === 'status' ? check.evidence?.uri : undefined
    const snapshot = content.statusLists.find((list) => list.uri === uri)
    if (!snapshot) return check
    const { fetchedAt } = snapshot
    const ageSeconds = Math.round((now.getTime() - new Date(fetchedAt).getTime()) / 1_000)
    const maxAgeSeconds = content.policy.statusMaxAgeSeconds
    return {
      ...check,
      evidence: { ...check.evidence, snapshotAt: fetchedAt, ageSeconds, maxAgeSeconds },
    }
  })
