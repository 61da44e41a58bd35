import { normaliseCompact } from '../compact/normalise-compact.ts'
import { type CompactCredential, parseCompactCredential } from '../compact/parse-compact.ts'
import type { MicroCredential } from '../formats/micro-credential.ts'
import { checkAuthorisation } from './check-authorisation.ts'
import { checkPeriod, checkSignature, checkType } from './check-credential.ts'
import { examineReplacement } from './check-replacement.ts'
import { checkStatus } from './check-status.ts'
import {
  type Checklist,
  type CheckResult,
  createChecklist,
  invalid,
  undetermined,
  valid,
} from './checklist.ts'
import { conclude } from './conclude.ts'
import type { VerificationContext } from './context.ts'
import { checkIssuerKey, type ResolvedKeys } from './resolve-keys.ts'
import type { Verification } from './verify-credential.ts'

/**
 * Verifies a compact credential from paper and reports check by check (V-17 to V-22, V-29), as
 * {@link verifyCredential} does: nothing fails open, and it never throws. It is bound to no key: who shows it is not known.
 */
export async function verifyCompactCredential(
  text: string,
  context: VerificationContext,
): Promise<Verification> {
  const checklist = createChecklist()
  const credential = await checklist.run('format', () => checkCompactFormat(text))
  if (!credential) return { report: conclude(checklist, context) }
  const { jws, claims } = credential
  const named = { issuer: claims.issuer, vct: claims.vct }
  const keys = await findKeys(checklist, credential, context)
  const isSigned = await checklist.run('signature', () => checkSignature(credential, keys))
  // With a wrong signature nothing else in the credential means anything.
  if (checklist.checks.at(-1)?.outcome === 'invalid')
    return { report: conclude(checklist, context), ...named }
  if (!isSigned) checklist.distrust()
  await checklist.run('type', () => checkType(claims.vct, context))
  await checklist.run('validity_period', () => checkPeriod(claims, jws.payload.u, context))
  await examineStatus(checklist, credential, isSigned && keys, context)
  await examineReplacement(checklist, { issuer: claims.issuer, id: jws.payload.jti }, context)
  await examineAuthorisation(checklist, credential, isSigned ?? false, context)
  if (context.keyBinding)
    await checklist.run('key_binding', () =>
      invalid('key_binding_invalid', { cause: 'holder_key_missing' }),
    )
  const content = await checklist.run('content', () => checkCompactContent(jws.payload))
  return { report: conclude(checklist, context, content), payload: jws.payload, ...named }
}

function checkCompactFormat(text: string): CheckResult<CompactCredential> {
  const parsed = parseCompactCredential(text)
  return parsed.ok
    ? valid('format_valid', { value: parsed.value, evidence: { format: 'compact' } })
    : invalid('format_invalid', { format: 'compact', cause: parsed.code })
}

/** Found by issuer and key identifier alone: the verifier knows the issuer, or asks it. */
function findKeys(
  checklist: Checklist,
  { jws, claims }: CompactCredential,
  context: VerificationContext,
) {
  const { kid } = jws.header
  const query = {
    issuer: claims.issuer,
    at: context.now,
    isBare: true,
    ...(kid && { kid }),
    ...(claims.issuedAt && { signedAt: claims.issuedAt }),
  }
  return checklist.run('issuer_key', () => checkIssuerKey(query, context))
}

async function examineStatus(
  checklist: Checklist,
  { claims }: CompactCredential,
  keys: ResolvedKeys | undefined | false,
  context: VerificationContext,
) {
  if (!claims.status && !claims.unknownStatus) return
  await checklist.run('status', () =>
    // A stranger's credential must not make us fetch what it names.
    keys ? checkStatus(claims, keys, context) : undetermined('signature_not_checked'),
  )
}

/** Without a trust registry there is nobody to ask. */
async function examineAuthorisation(
  checklist: Checklist,
  { jws, claims }: CompactCredential,
  isSigned: boolean,
  context: VerificationContext,
) {
  if (!context.authorise) return
  const content = isSigned ? checkCompactContent(jws.payload).value : undefined
  await checklist.run('issuer_authorised', () =>
    content
      ? checkAuthorisation(claims.issuer, content, context)
      : undetermined('signature_not_checked'),
  )
}

function checkCompactContent(
  payload: Readonly<Record<string, unknown>>,
): CheckResult<MicroCredential> {
  const normalised = normaliseCompact(payload)
  return normalised.ok
    ? valid('content_valid', { value: normalised.value })
    : undetermined('content_unknown')
}
