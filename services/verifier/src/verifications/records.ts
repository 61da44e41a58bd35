import {
  type Checklist,
  checkAuthorisation,
  createChecklist,
  invalid,
  isDay,
  type MicroCredential,
  stockholmDate,
  undetermined,
  type VerificationContext,
  valid,
} from '@mikromerit/credentials'
import {
  type ElmoEntry,
  listEntries,
  nameSealer,
  readElmo,
  type Sealer,
  sealedBy,
  toMicroCredential,
} from '@mikromerit/exchange'
import type { Detector, Verified } from './detector.ts'
import { notReadable } from './file-checks.ts'
import { checkSealer, checkSealSignature } from './record-seal.ts'
import { rootElementOf } from './xml-root.ts'

const maxEntries = 100

/** An ELMO file, with or without a signature (domain.md section 4): each thing achieved in it is one micro-credential. */
export const recordDetector: Detector = {
  name: 'ELMO',
  recognises: ({ bytes }) => rootElementOf(bytes) !== undefined,
  verify: async ({ bytes }, { context, verification }) => {
    const anchors = await context.trust.listAnchors()
    const read = readElmo(bytes, { anchors, now: verification.now })
    if (!read.ok) return notReadable(read.code, 'elmo')
    const { signature } = read.value
    const entries = listEntries(read.value)
    const checklist = createChecklist()
    await checklist.run('format', () =>
      entries.length > maxEntries
        ? undetermined('too_many_credentials', { format: 'elmo', found: entries.length })
        : valid('format_valid', { evidence: { format: 'elmo', version: read.value.version } }),
    )
    const isTrusted = await checklist.run('issuer_key', () => checkSealer(signature, context.trust))
    const isSealed = await checklist.run('signature', () => checkSealSignature(signature))
    // Altered, nothing in it means anything.
    if (signature.status === 'invalid') return [{ checks: checklist.checks, microCredentials: [] }]
    const sealer = isTrusted && isSealed ? nameSealer(signature) : undefined
    if (!sealer) checklist.distrust()
    return [await verifyEntries(entries.slice(0, maxEntries), { checklist, sealer, verification })]
  },
}

interface Sealed {
  readonly checklist: Checklist
  readonly sealer: Sealer | undefined
  readonly verification: VerificationContext
}

async function verifyEntries(entries: readonly ElmoEntry[], sealed: Sealed): Promise<Verified> {
  const { checklist } = sealed
  const microCredentials: MicroCredential[] = []
  for (const [credential, entry] of entries.entries()) {
    const content = toMicroCredential(entry, 'sv')
    microCredentials.push(await verifyEntry(content, sealed, { credential }))
  }
  if (entries.length === 0) await checklist.run('content', () => undetermined('content_unknown'))
  return { checks: checklist.checks, microCredentials }
}

async function verifyEntry(
  content: MicroCredential,
  { checklist, sealer, verification }: Sealed,
  evidence: { readonly credential: number },
): Promise<MicroCredential> {
  const shown = sealer ? sealedBy(content, sealer) : content
  const { validUntil } = content
  await checklist.run('validity_period', () =>
    validUntil !== undefined && isDay(validUntil) && validUntil < stockholmDate(verification.now)
      ? invalid('achievement_expired', { validUntil })
      : valid('period_valid'),
  )
  checklist.note(evidence)
  await checklist.run('issuer_authorised', () =>
    sealer
      ? checkAuthorisation(sealer.identifier, shown, verification)
      : undetermined('signature_not_checked'),
  )
  checklist.note(evidence)
  await checklist.run('content', () => valid('content_valid'))
  checklist.note(evidence)
  return shown
}
