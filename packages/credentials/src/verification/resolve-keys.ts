import { KeyObject } from 'node:crypto'
import { type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { IssuerKeyQuery, IssuerKeyResolution, VerificationContext } from './context.ts'

export interface ResolvedKeys {
  readonly keys: readonly KeyObject[]
}

/** Asks the caller for the issuer's keys: only it knows whom to trust and how to reach them (V-17). */
export async function checkIssuerKey(
  query: IssuerKeyQuery,
  context: VerificationContext,
): Promise<CheckResult<ResolvedKeys>> {
  const resolution = await context.resolveIssuerKeys(query)
  const issuer = query.issuer === undefined ? {} : { issuer: query.issuer }
  if (resolution.outcome === 'found') {
    const { via, anchor } = resolution
    return hasKeys(resolution)
      ? valid('issuer_key_found', {
          value: { keys: resolution.keys },
          evidence: { ...issuer, via, ...(anchor !== undefined && { anchor }) },
        })
      : undetermined('issuer_untrusted', issuer)
  }
  if (resolution.outcome === 'mismatch') return invalid('issuer_mismatch', issuer)
  if (resolution.outcome === 'unreachable') return undetermined('issuer_unreachable', issuer)
  if (resolution.outcome === 'untrusted') return undetermined('issuer_untrusted', issuer)
  return undetermined('check_failed', issuer)
}

/** The types promise keys; a mistake in a caller must still not pass as a key. */
const hasKeys = ({ keys }: IssuerKeyResolution & { outcome: 'found' }) =>
  keys.length > 0 && keys.every((key) => key instanceof KeyObject && key.type === 'public')
