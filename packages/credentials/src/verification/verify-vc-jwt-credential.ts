import { digestCredential } from '../formats/credential-digest.ts'
import type { MicroCredential } from '../formats/micro-credential.ts'
import type { VcJwt } from '../vc-jose/parse-vc-jwt.ts'
import type { VpJwt } from '../vc-jose/parse-vp-jwt.ts'
import { checkAuthorisation } from './check-authorisation.ts'
import { checkVcStatus } from './check-bitstring-status.ts'
import { checkHolder } from './check-presentation.ts'
import { examineRecipient } from './check-recipient.ts'
import { examineReplacement } from './check-replacement.ts'
import {
  checkVcContent,
  checkVcFormat,
  checkVcSignature,
  checkVcTimes,
  checkVcType,
} from './check-vc.ts'
import { type Checklist, createChecklist, undetermined } from './checklist.ts'
import { conclude, isOfSomebodyElse } from './conclude.ts'
import type { VerificationContext } from './context.ts'
import { checkIssuerKey } from './resolve-keys.ts'
import type { Verification } from './verify-credential.ts'

/**
 * Verifies a VC-JWT (European Digital Credential or Open Badge), alone or in a presentation, and reports check by check
 * (V-15, V-17 to V-27, V-29, V-30). As {@link verifyCredential}: nothing fails open, and it never throws.
 */
export async function verifyVcJwtCredential(
  token: string,
  context: VerificationContext,
  presentation?: VpJwt,
): Promise<Verification> {
  const checklist = createChecklist()
  const vc = await checklist.run('format', () => checkVcFormat(token))
  if (!vc) return { report: conclude(checklist, context) }
  const { issuer } = vc.facts
  const keys = await findKeys(checklist, vc, context)
  const isSigned = await checklist.run('signature', () => checkVcSignature(vc, keys))
  // With a wrong signature nothing else in the credential means anything.
  if (checklist.checks.at(-1)?.outcome === 'invalid')
    return { report: conclude(checklist, context), issuer }
  if (!isSigned) checklist.distrust()
  await checklist.run('type', () => checkVcType(vc.facts, context))
  await checklist.run('validity_period', () => checkVcTimes({ ...vc, ...vc.facts }, context))
  await examineStatuses(checklist, vc, isSigned ?? false, context)
  const { value: content } = checkVcContent(vc.credential, vc.facts)
  await examineAuthorisation(checklist, isSigned && content, { issuer, context })
  if (context.keyBinding || presentation)
    await checklist.run('key_binding', () => checkHolder(vc, presentation, context))
  await examineRecipient(checklist, vc.credential, context)
  await checklist.run('content', () => checkVcContent(vc.credential, vc.facts))
  const credentialDigest = digestCredential(token)
  const report = conclude(checklist, context, content && { ...content, credentialDigest })
  if (context.keyBinding && isOfSomebodyElse(checklist.checks)) return { report, issuer }
  return { report, issuer, payload: { ...vc.credential } }
}

function findKeys(checklist: Checklist, vc: VcJwt, context: VerificationContext) {
  const { kid, x5c } = vc.jws.header
  const signedAt = vc.issuedAt ?? vc.notBefore ?? vc.facts.validFrom
  const query = {
    issuer: vc.facts.issuer,
    at: context.now,
    keyKinds: 'vc_jwt' as const,
    ...(kid && { kid }),
    ...(x5c && { x5c }),
    ...(signedAt && { signedAt }),
  }
  return checklist.run('issuer_key', () => checkIssuerKey(query, context))
}

/** One check for each entry (V-24). A credential without a status cannot be revoked, and there is nothing to check. */
async function examineStatuses(
  checklist: Checklist,
  { facts, jws }: VcJwt,
  isSigned: boolean,
  context: VerificationContext,
): Promise<void> {
  for (const entry of facts.statuses) {
    await checklist.run('status', () =>
      // A stranger's credential must not make us fetch what it names.
      isSigned ? checkVcStatus(entry, facts, context) : undetermined('signature_not_checked'),
    )
    const id = facts.id ?? jws.payload.jti
    await examineReplacement(checklist, { issuer: facts.issuer, id }, context)
  }
}

/** Without a trust registry there is nobody to ask. */
async function examineAuthorisation(
  checklist: Checklist,
  content: MicroCredential | false | undefined,
  { issuer, context }: { readonly issuer: string; readonly context: VerificationContext },
): Promise<void> {
  if (!context.authorise) return
  await checklist.run('issuer_authorised', () =>
    content ? checkAuthorisation(issuer, content, context) : undetermined('signature_not_checked'),
  )
}
