import { KeyObject } from 'node:crypto'
import { type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { IssuerKeyQuery, IssuerKeyResolution, VerificationContext } from './context.ts'

export interface ResolvedKeys {
  readonly keys: readonly KeyObject[]
  /** Whom the certificate names. */
  readonly issuer?: string
}

/** Asks the caller for the issuer's keys: only it knows whom to trust and how to reach them (V-17). */
export async function checkIssuerKey(
  query: IssuerKeyQuery,
  context: VerificationContext,
): Promise<CheckResult<ResolvedKeys>> {
  const resolution = await context.resolveIssuerKeys(query)
  const issuer = query.issuer === undefined ? {} : { issuer: query.issuer }
  if (resolution.outcome === 'found') {
    return hasKeys(resolution)
      ? found(resolution, issuer)
      : undetermined('issuer_untrusted', issuer)
  }
  if (resolution.outcome === 'unfit') return judgeUnfit(resolution.cause, issuer)
  if (resolution.outcome === 'mismatch') return invalid('issuer_mismatch', issuer)
  if (resolution.outcome === 'unreachable') return undetermined('issuer_unreachable', issuer)
  if (resolution.outcome === 'not_bundled') return undetermined('issuer_not_bundled', issuer)
  if (resolution.outcome === 'untrusted') return undetermined('issuer_untrusted', issuer)
  return undetermined('check_failed', issuer)
}

function found(
  { keys, via, anchor, issuer: named }: IssuerKeyResolution & { outcome: 'found' },
  issuer: { issuer?: string },
): CheckResult<ResolvedKeys> {
  const name = named === undefined ? {} : { issuer: named }
  return valid('issuer_key_found', {
    value: { keys, ...name },
    evidence: { ...name, ...issuer, via, ...(anchor !== undefined && { anchor }) },
  })
}

/**
 * A certificate that has run out proves nothing any more, but accuses nobody: what it signed may have been
 * good; and so may what a key signed that cannot be used here. One that may not sign at all never made a good
 * credential.
 */
function judgeUnfit(
  cause: (IssuerKeyResolution & { outcome: 'unfit' })['cause'],
  issuer: { issuer?: string },
): CheckResult<never> {
  const evidence = { ...issuer, cause }
  if (cause === 'x5c_expired' || cause === 'x5c_not_valid_at_signing')
    return undetermined('issuer_certificate_period', evidence)
  if (cause === 'x5c_key_unsupported' || cause === 'key_unsupported')
    return undetermined('algorithm_unsupported', evidence)
  return invalid('issuer_certificate_unfit', evidence)
}

/** The types promise keys; a mistake in a caller must still not pass as a key. */
const hasKeys = ({ keys }: IssuerKeyResolution & { outcome: 'found' }) =>
  keys.length > 0 && keys.every((key) => key instanceof KeyObject && key.type === 'public')
