import { digestCredential } from '../formats/credential-digest.ts'
import type { ClaimPath, ProcessedSdJwt } from '../sd-jwt/process.ts'
import { checkAuthorisation } from './check-authorisation.ts'
import {
  checkContent,
  checkDisclosures,
  checkFormat,
  checkKeyBinding,
  checkPeriod,
  checkSignature,
  checkType,
  type ReadCredential,
} from './check-credential.ts'
import { examineRecipient } from './check-recipient.ts'
import { examineReplacement } from './check-replacement.ts'
import { checkStatus } from './check-status.ts'
import { type Checklist, createChecklist, undetermined } from './checklist.ts'
import { conclude, isOfSomebodyElse } from './conclude.ts'
import type { VerificationContext } from './context.ts'
import type { VerificationReport } from './report.ts'
import { checkIssuerKey, type ResolvedKeys } from './resolve-keys.ts'

export interface Verification {
  readonly report: VerificationReport
  /** The processed claims; only when they are what was signed. Look at the report before using them. */
  readonly payload?: Record<string, unknown>
  readonly issuer?: string
  readonly vct?: string
  /** Where the claims that were disclosed stand. */
  readonly disclosed?: readonly ClaimPath[]
}

/**
 * Verifies an SD-JWT VC, with or without key binding, and reports check by check (V-15 to V-22, V-29, V-30).
 * A check that an earlier one made meaningless is left out, or undetermined; never valid. Never throws.
 */
export async function verifyCredential(
  token: string,
  context: VerificationContext,
): Promise<Verification> {
  const checklist = createChecklist()
  const credential = await checklist.run('format', () => checkFormat(token))
  if (!credential) return { report: conclude(checklist, context) }
  const { sdJwt, claims } = credential

  const keys = await findIssuerKeys(checklist, credential, context)
  // SD-JWT VC: without `iss` the issuer is whom the certificate names.
  const issuer = claims.issuer ?? keys?.issuer
  const named = { vct: claims.vct, ...(issuer !== undefined && { issuer }) }
  const isSigned = await checklist.run('signature', () => checkSignature(sdJwt, keys))
  // With a wrong signature nothing else in the credential means anything.
  if (checklist.checks.at(-1)?.outcome === 'invalid') {
    return { report: conclude(checklist, context), ...named }
  }
  if (!isSigned) checklist.distrust()
  const processed = await checklist.run('disclosures', () => checkDisclosures(sdJwt))
  await checklist.run('type', () => checkType(claims.vct, context))
  await checklist.run('validity_period', () =>
    checkPeriod(claims, sdJwt.jws.payload.date_of_expiry, context),
  )
  await examineStatus(checklist, credential, isSigned && keys, context)
  await examineReplacement(checklist, { issuer, id: sdJwt.jws.payload.jti }, context)
  await examineAuthorisation(checklist, issuer, isSigned && processed, context)
  if (context.keyBinding || sdJwt.keyBindingJwt) {
    await checklist.run('key_binding', () => checkKeyBinding(sdJwt, claims, context))
  }
  if (!processed) return { report: conclude(checklist, context), ...named }
  await examineRecipient(checklist, {}, context)
  const content = await checklist.run('content', () => checkContent(processed.payload))
  const credentialDigest = digestCredential(token)
  const report = conclude(checklist, context, content && { ...content, credentialDigest })
  if (context.keyBinding && isOfSomebodyElse(checklist.checks)) return { report, ...named }
  return {
    report,
    payload: processed.payload,
    disclosed: processed.disclosed.map(({ path }) => path),
    ...named,
  }
}

function findIssuerKeys(
  checklist: Checklist,
  { sdJwt, claims }: ReadCredential,
  context: VerificationContext,
) {
  const { kid, x5c } = sdJwt.jws.header
  const query = {
    ...(claims.issuer !== undefined && { issuer: claims.issuer }),
    ...(kid && { kid }),
    ...(x5c && { x5c }),
    ...(claims.issuedAt && { signedAt: claims.issuedAt }),
    at: context.now,
  }
  return checklist.run('issuer_key', () => checkIssuerKey(query, context))
}

/** A credential without a status cannot be revoked, and there is nothing to check. */
async function examineStatus(
  checklist: Checklist,
  { claims }: ReadCredential,
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
  issuer: string | undefined,
  processed: ProcessedSdJwt | undefined | false,
  context: VerificationContext,
) {
  if (!context.authorise) return
  await checklist.run('issuer_authorised', () => {
    const content = processed ? checkContent(processed.payload).value : undefined
    return content
      ? checkAuthorisation(issuer, content, context)
      : undetermined('signature_not_checked')
  })
}
