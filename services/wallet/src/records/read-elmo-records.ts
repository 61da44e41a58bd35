import {
  createChecklist,
  type Reason,
  stockholmDate,
  undetermined,
  type VerificationCheck,
  valid,
  worstOutcome,
} from '@mikromerit/credentials'
import {
  listEntries,
  nameSealer,
  readElmo,
  type SignatureOutcome,
  sealedBy,
  toMicroCredential,
} from '@mikromerit/exchange'
import type { WalletContext } from '../context.ts'
import type { Parsed } from '../parsed.ts'
import type { StoredRecord } from './stored-record.ts'

const maxEntries = 100

/**
 * Everything that was passed by an ELMO file, each a record of its own. A signature under a trust anchor of this wallet
 * makes them sealed; without one they are what the learner says (domain.md section 4).
 */
export async function readElmoRecords(
  { anchors, clock }: Pick<WalletContext, 'anchors' | 'clock'>,
  bytes: Uint8Array,
): Promise<Parsed<StoredRecord[]>> {
  const now = clock.now()
  const read = readElmo(bytes, { anchors, now })
  if (!read.ok) {
    const { line } = read.finding
    const where = line === undefined ? '' : ` at line ${line}`
    return { ok: false, detail: `It is not a readable ELMO file (${read.code}${where}).` }
  }
  const { signature } = read.value
  if (signature.status === 'invalid')
    return { ok: false, detail: `It was altered after it was signed (${signature.reason}).` }
  const entries = listEntries(read.value)
  if (entries.length === 0)
    return { ok: false, detail: 'Nothing in the ELMO file is said to be passed.' }
  if (entries.length > maxEntries)
    return { ok: false, detail: `The ELMO file holds more than ${maxEntries} results.` }
  const checks = await checkSeal(signature)
  const sealer = signature.status === 'verified' ? nameSealer(signature) : undefined
  return {
    ok: true,
    value: entries.map((entry) => {
      const content = toMicroCredential(entry, 'sv')
      // V-17: who sealed it is known, and answers for it; whom it names as issuer is only said.
      const microCredential = sealer ? sealedBy(content, sealer) : content
      const { validUntil } = microCredential
      const isOver = validUntil !== undefined && validUntil < stockholmDate(now)
      return {
        format: 'elmo',
        isSelfDeclared: !sealer,
        outcome: isOver ? 'invalid' : worstOutcome(checks),
        checks,
        verifiedAt: now.toISOString(),
        microCredential,
      }
    }),
  }
}

async function checkSeal({
  status,
  reason,
  signer,
}: SignatureOutcome): Promise<VerificationCheck[]> {
  const checklist = createChecklist()
  const isKnown = status === 'verified' || status === 'weak'
  await checklist.run('issuer_key', () =>
    isKnown
      ? valid('issuer_key_found', {
          evidence: { via: 'xml_signature', thumbprint: signer?.thumbprint },
        })
      : undetermined(
          reason === 'certificate_expired' ? 'issuer_certificate_period' : 'issuer_untrusted',
        ),
  )
  await checklist.run('signature', () =>
    status === 'verified' ? valid('signature_valid') : undetermined(whyUnverified(status)),
  )
  return [...checklist.checks]
}

function whyUnverified(status: SignatureOutcome['status']): Reason {
  if (status === 'unsigned') return 'unsigned'
  return status === 'weak' ? 'signature_weak' : 'signature_not_checked'
}
