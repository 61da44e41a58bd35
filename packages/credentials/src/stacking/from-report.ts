import type { MicroCredential } from '../formats/micro-credential.ts'
import type { StackingCredential } from './credential.ts'

/** What of a report says how each of its credentials stands; reports of answers have further checks. */
export interface ReportedCredentials {
  readonly checks: readonly ReportedCheck[]
  readonly microCredentials: readonly MicroCredential[]
}

interface ReportedCheck {
  readonly code: string
  readonly outcome: StackingCredential['outcome']
  readonly evidence?: Readonly<Record<string, unknown>>
}

/**
 * Takes a report on several credentials apart: each with the worst of its own checks. A credential whose checks cannot
 * be told from the others' has the worst of all; one without a digest is left out, since nothing could refer to it.
 */
export function takeReportApart({
  checks,
  microCredentials,
}: ReportedCredentials): StackingCredential[] {
  return microCredentials.flatMap((microCredential) => {
    const { credentialDigest: id } = microCredential
    if (id === undefined) return []
    const own = checks.find(({ evidence }) => evidence?.credential_digest === id)
    const place = own && placeOf(own)
    const about = place === undefined ? checks : checks.filter((one) => placeOf(one) === place)
    const status = about.find(({ code, outcome }) => code === 'status' && outcome === 'invalid')
    const reason = status?.evidence?.reason
    const said = reason === 'revoked' || reason === 'suspended' ? reason : undefined
    return [{ id, outcome: worstOf(about), ...(said && { status: said }), microCredential }]
  })
}

const placeOf = ({ evidence = {} }: ReportedCheck): string =>
  JSON.stringify([evidence.query, evidence.presentation, evidence.credential])

function worstOf(checks: readonly ReportedCheck[]): StackingCredential['outcome'] {
  const outcomes = new Set(checks.map(({ outcome }) => outcome))
  if (outcomes.has('invalid')) return 'invalid'
  return outcomes.has('undetermined') || outcomes.size === 0 ? 'undetermined' : 'valid'
}
