import { isAssertion } from '../formats/open-badge/normalise-assertion.ts'
import { parseDateTimeStamp } from '../vc-jose/date-time.ts'
import { type CredentialFacts, readCredential } from '../vc-jose/read-credential.ts'
import { examineRecipient } from './check-recipient.ts'
import { checkVcContent, checkVcTimes, checkVcType } from './check-vc.ts'
import { type CheckResult, createChecklist, invalid, undetermined, valid } from './checklist.ts'
import { conclude } from './conclude.ts'
import type { VerificationContext } from './context.ts'
import type { Reason } from './messages.ts'
import type { Verification } from './verify-credential.ts'

type Document = Readonly<Record<string, unknown>>

/** Why nobody can tell whether a document is what its issuer wrote. */
export interface MissingProof {
  readonly reason: Extract<
    Reason,
    | 'unsigned'
    | 'proof_unsupported'
    | 'seal_unsupported'
    | 'hosted_unsigned'
    | 'algorithm_unsupported'
  >
  readonly evidence?: Readonly<Record<string, unknown>>
  /** The site it lies on says so. */
  readonly isRevoked?: boolean
}

/**
 * Reads a credential whose signature cannot be checked: a European Digital Credential or Open Badge as JSON. It is never
 * valid, and invalid only by what it says of itself: that its time has passed. Nothing it names is fetched.
 */
export async function verifyUnsecuredCredential(
  document: Document,
  { reason, evidence, isRevoked = false }: MissingProof,
  context: VerificationContext,
): Promise<Verification> {
  const checklist = createChecklist()
  const read = await checklist.run('format', () => checkDocument(document))
  if (!read) return { report: conclude(checklist, context) }
  const { facts } = read
  await checklist.run('signature', () => undetermined(reason, evidence))
  checklist.distrust()
  if (facts) await checklist.run('type', () => checkVcType(facts, context))
  await checklist.run('validity_period', () =>
    checkVcTimes(facts ?? readAssertionTimes(document), context),
  )
  if (isRevoked) await checklist.run('status', () => invalid('revoked'))
  else if (facts && facts.statuses.length > 0)
    await checklist.run('status', () => undetermined('signature_not_checked'))
  if (context.keyBinding)
    await checklist.run('key_binding', () =>
      invalid('key_binding_invalid', { cause: 'key_binding_missing' }),
    )
  await examineRecipient(checklist, document, context)
  const content = await checklist.run('content', () => checkVcContent(document, facts))
  return { report: conclude(checklist, context, content) }
}

interface ReadDocument {
  /** Absent for an assertion of Open Badges 2.0. */
  readonly facts?: CredentialFacts
}

function checkDocument(document: Document): CheckResult<ReadDocument> {
  if (isAssertion(document))
    return valid('format_valid', { value: {}, evidence: { format: 'open_badge_2' } })
  const facts = readCredential(document)
  return facts.ok
    ? valid('format_valid', {
        value: { facts: facts.value },
        evidence: { format: 'json_ld', dataModel: facts.value.dataModel },
      })
    : invalid('format_invalid', { format: 'json_ld', cause: facts.code })
}

function readAssertionTimes({ issuedOn, expires }: Document) {
  const validFrom = parseDateTimeStamp(issuedOn)
  const validUntil = parseDateTimeStamp(expires)
  return { ...(validFrom && { validFrom }), ...(validUntil && { validUntil }) }
}
