import { statusBits } from '../domain/award-status.ts'
import { accept, type Result } from '../result.ts'
import type { RegisteredClaims, StatusListReference } from '../sd-jwt-vc/registered-claims.ts'
import {
  lookUpStatus,
  parseStatusListToken,
  type StatusListRefusal,
  type StatusListToken,
  verifyStatusListToken,
} from '../status-list/token.ts'
import { type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { StatusFetchRefusal, VerificationContext } from './context.ts'
import { judgeMissingList } from './missing-list.ts'
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
  const token = await fetchList(status.uri, context)
  if (!token.ok) return judgeMissingList(status.uri, token.code)
  const issuer = await findListKeys(token.value, claims, issuerKeys, context)
  if (!issuer) return unusable(status, 'status_list_issuer')
  const { keys } = issuer
  const { uri } = status
  const verified = verifyStatusListToken({ token: token.value, uri, keys, now: context.now })
  return verified.ok ? readStatus(verified.value, status) : unusable(status, verified.code)
}

/** Those who keep lists hand them out taken apart; a text is taken apart here. */
async function fetchList(
  uri: string,
  context: VerificationContext,
): Promise<Result<StatusListToken, StatusListRefusal | StatusFetchRefusal>> {
  const fetched = await context.fetchStatusListToken(uri)
  if (!fetched.ok) return fetched
  const { value } = fetched
  return typeof value === 'string' ? parseStatusListToken(value) : accept(value)
}

/**
 * The keys that may sign the list: those of the credential's issuer. When neither the credential nor its
 * certificate names one, only the keys that signed it, since nothing else says whose a certificate must be.
 */
async function findListKeys(
  { jws, issuedAt: signedAt }: StatusListToken,
  claims: RegisteredClaims,
  issuerKeys: ResolvedKeys,
  context: VerificationContext,
): Promise<ResolvedKeys | undefined> {
  const issuer = claims.issuer ?? issuerKeys.issuer
  if (issuer === undefined) return issuerKeys
  const { kid, x5c } = jws.header
  const query = { issuer, at: context.now, signedAt, ...(kid && { kid }), ...(x5c && { x5c }) }
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
