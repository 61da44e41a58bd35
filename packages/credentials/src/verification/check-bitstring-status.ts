import {
  lookUpBitstringStatus,
  verifyStatusListCredential,
} from '../bitstring-status-list/check-status.ts'
import type { BitstringStatusList } from '../bitstring-status-list/parse.ts'
import {
  type BitstringStatusListEntry,
  parseStatusEntry,
} from '../bitstring-status-list/status-entry.ts'
import { lookUpRevocation } from '../formats/open-badge/revocation-list.ts'
import type { CredentialFacts } from '../vc-jose/read-credential.ts'
import { type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { VerificationContext } from './context.ts'
import { judgeMissingList } from './missing-list.ts'
import { checkIssuerKey } from './resolve-keys.ts'

type Entry = CredentialFacts['statuses'][number]

/** One `credentialStatus` entry of a VC (V-23, V-24). What is not understood is undetermined, never valid. */
export function checkVcStatus(
  entry: Entry,
  facts: CredentialFacts,
  context: VerificationContext,
): CheckResult<undefined> | Promise<CheckResult<undefined>> {
  const { type } = entry
  if (type === 'BitstringStatusListEntry') return checkBitstring(entry, facts, context)
  if (type === '1EdTechRevocationList') return checkRevocationList(entry, facts, context)
  return undetermined('status_unknown_mechanism')
}

async function checkBitstring(
  value: Entry,
  { issuer }: CredentialFacts,
  context: VerificationContext,
): Promise<CheckResult<undefined>> {
  const parsed = parseStatusEntry(value)
  if (!parsed.ok) return undetermined('status_list_unusable', { cause: parsed.code })
  const entry = parsed.value
  const uri = entry.statusListCredential
  const list = await context.fetchBitstringStatusList?.(uri)
  if (!list) return undetermined('status_unknown_mechanism')
  if (!list.ok) return judgeMissingList(uri, list.code)
  return readList(list.value, entry, issuer, context)
}

/** The list must be signed by the issuer of the credential, with a key that is the issuer's today. */
async function readList(
  list: BitstringStatusList,
  entry: BitstringStatusListEntry,
  issuer: string,
  context: VerificationContext,
): Promise<CheckResult<undefined>> {
  const { now } = context
  const uri = entry.statusListCredential
  const unusable = (cause: string) => undetermined('status_list_unusable', { uri, cause })
  const { kid, x5c } = list.vc.jws.header
  const signedAt = list.vc.issuedAt ?? list.vc.facts.validFrom
  const keys = await checkIssuerKey(
    {
      issuer,
      at: now,
      keyKinds: 'vc_jwt',
      ...(kid && { kid }),
      ...(x5c && { x5c }),
      ...(signedAt && { signedAt }),
    },
    context,
  )
  if (!keys.value) return unusable('status_list_issuer')
  const verified = verifyStatusListCredential({
    list,
    entry,
    keys: keys.value.keys,
    issuer,
    now,
  })
  if (!verified.ok) return unusable(verified.code)
  const found = lookUpBitstringStatus(list, entry)
  if (!found.ok)
    return found.code === 'RANGE_ERROR'
      ? invalid('status_index_out_of_range', { uri })
      : unusable(found.code)
  const { purpose, status } = found.value
  return judge({ uri, purpose, value: status })
}

/** Of a purpose we do not know, only that nothing is said can be understood. */
function judge(evidence: { uri: string; purpose: string; value: number }): CheckResult<undefined> {
  const { purpose, value } = evidence
  if (value === 0) return valid('status_valid', { evidence })
  if (purpose === 'revocation') return invalid('revoked', evidence)
  if (purpose === 'suspension') return invalid('suspended', evidence)
  return undetermined('status_unknown_value', evidence)
}

/** 1EdTech Status Method 1.0: a list that nobody signed, as good as the address that the signed credential names. */
async function checkRevocationList(
  { id: uri }: Entry,
  { id, issuer }: CredentialFacts,
  context: VerificationContext,
): Promise<CheckResult<undefined>> {
  if (typeof uri !== 'string' || id === undefined)
    return undetermined('status_list_unusable', { cause: 'malformed' })
  const list = await context.fetchRevocationList?.(uri)
  if (!list) return undetermined('status_unknown_mechanism')
  if (!list.ok) return judgeMissingList(uri, list.code)
  const found = lookUpRevocation(list.value, { url: uri, credentialId: id, issuer })
  if (!found.ok) return undetermined('status_list_unusable', { uri, cause: found.code })
  const evidence = { uri }
  return found.value.isRevoked ? invalid('revoked', evidence) : valid('status_valid', { evidence })
}
