import { statusBits } from '../domain/award-status.ts'
import type { RegisteredClaims, StatusListReference } from '../sd-jwt-vc/registered-claims.ts'
import {
  lookUpStatus,
  parseStatusListToken,
  type StatusListToken,
  verifyStatusListToken,
} from '../status-list/token.ts'
import { type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { VerificationContext } from './context.ts'
import { checkIssuerKey, type ResolvedKeys } from './resolve-keys.ts'

/**
 * Looks the credential up in its issuer's status list (V-20, V-22). The list must be signed by the same issuer:
 * what cannot be established so is undetermined, never valid.
 */
export async function checkStatus(
  claims: RegisteredClaims,
  issuerKeys: ResolvedKeys,
  context: VerificationContext,
): Promise<CheckResult<undefined>> {
  const { status } = claims
  if (!status) return undetermined('status_unknown_mechanism')
  const fetched = await context.fetchStatusListToken(status.uri)
  if (!fetched.ok) {
    return fetched.code === 'malformed'
      ? undetermined('status_list_unusable', { uri: status.uri, cause: 'malformed' })
      : undetermined('status_unreachable', { uri: status.uri, cause: fetched.code })
  }
  const parsed = parseStatusListToken(fetched.value)
  if (!parsed.ok) return unusable(status, parsed.code)
  const keys = await findListKeys(parsed.value, claims, issuerKeys, context)
  if (!keys) return unusable(status, 'status_list_issuer')
  const verified = verifyStatusListToken({
    token: parsed.value,
    uri: status.uri,
    keys: keys.keys,
    now: context.now,
  })
  return verified.ok ? readStatus(verified.value, status) : unusable(status, verified.code)
}

/**
 * The keys that may sign the list: those of the credential's issuer. When the credential names no issuer, only
 * the keys that signed it, since nothing else says whose a certificate must be.
 */
async function findListKeys(
  { jws }: StatusListToken,
  { issuer }: RegisteredClaims,
  issuerKeys: ResolvedKeys,
  context: VerificationContext,
): Promise<ResolvedKeys | undefined> {
  if (issuer === undefined) return issuerKeys
  const { kid, x5c } = jws.header
  const query = { issuer, at: context.now, ...(kid && { kid }), ...(x5c && { x5c }) }
  const { outcome, value } = await checkIssuerKey(query, context)
  return outcome === 'valid' ? value : undefined
}

function readStatus(token: StatusListToken, { uri, idx }: StatusListReference) {
  const found = lookUpStatus(token, idx)
  if (!found.ok) return invalid('status_index_out_of_range', { uri })
  const evidence = { uri, value: found.value, listIssuedAt: token.issuedAt.toISOString() }
  if (found.value === statusBits.valid) return valid('status_valid', { evidence })
  if (found.value === statusBits.revoked) return invalid('revoked', evidence)
  if (found.value === statusBits.suspended) return invalid('suspended', evidence)
  return undetermined('status_unknown_value', evidence)
}

const unusable = ({ uri }: StatusListReference, cause: string) =>
  undetermined('status_list_unusable', { uri, cause })
