import {
  createChecklist,
  isAssertion,
  isCompactCredential,
  parseJsonObject,
  parseJws,
  parsePresentationJwt,
  type Reason,
  readBakedImage,
  undetermined,
  type VerificationCheck,
  type VerificationContext,
  verifyCompactCredential,
  verifyCredential,
  verifyUnsecuredCredential,
  verifyVcJwtCredential,
  worstOutcome,
} from '@mikromerit/credentials'

/** What was found in a file. */
export interface FileReport {
  readonly outcome: ReturnType<typeof worstOutcome>
  readonly checks: readonly VerificationCheck[]
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')
const sdJwtPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*~/
const jwsPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/
const limits = { depth: 64, members: 50_000 }

/** Verifies whatever a file holds, by how it begins: nothing is fetched, and it never throws on what a stranger wrote. */
export async function verifyFile(
  bytes: Uint8Array,
  context: VerificationContext,
): Promise<FileReport> {
  const text = Buffer.from(bytes).toString().trim()
  if (!isImage(bytes, text)) return verifyText(text, context)
  const baked = readBakedImage(bytes)
  // An image without a credential is no credential, as the engine says of any text that is none.
  return verifyText(baked.ok ? baked.value.text : '', context)
}

const isImage = (bytes: Uint8Array, text: string): boolean =>
  pngSignature.equals(bytes.subarray(0, 8)) || (text.startsWith('<') && text.includes('<svg'))

async function verifyText(text: string, context: VerificationContext): Promise<FileReport> {
  if (sdJwtPattern.test(text)) return (await verifyCredential(text, context)).report
  if (isCompactCredential(text)) return (await verifyCompactCredential(text, context)).report
  if (jwsPattern.test(text)) return verifyJwsText(text, context)
  if (text.startsWith('{')) return verifyDocument(text, context)
  if (/^https?:\/\//i.test(text)) return leaveOpen('source_unreachable')
  // Records of other systems (ELMO) carry a signature that is not checked here.
  if (text.startsWith('<')) return leaveOpen('check_failed')
  return (await verifyCredential(text, context)).report
}

async function verifyJwsText(text: string, context: VerificationContext): Promise<FileReport> {
  const jws = parseJws(text, { depth: 32 })
  if (!jws.ok) return (await verifyCredential(text, context)).report
  const { header, payload } = jws.value
  const typ = header.typ?.toLowerCase().replace(/^application\//, '')
  if (typ === 'vp+jwt' || Object.hasOwn(payload, 'vp')) return verifyPresentation(text, context)
  // An SD-JWT VC without its last tilde: its own engine says what is wrong.
  if (typ === 'dc+sd-jwt') return (await verifyCredential(text, context)).report
  if (!isAssertion(payload)) return (await verifyVcJwtCredential(text, context)).report
  const missing = { reason: 'algorithm_unsupported', evidence: { format: 'open_badge_2' } } as const
  return (await verifyUnsecuredCredential(payload, missing, context)).report
}

/** V-26: each credential in it by itself; it was made for another request, so who presents it cannot be checked. */
async function verifyPresentation(text: string, context: VerificationContext): Promise<FileReport> {
  const presentation = parsePresentationJwt(text)
  if (!presentation.ok) return (await verifyVcJwtCredential(text, context)).report
  const checks: VerificationCheck[] = []
  for (const { mediaType, data } of presentation.value.credentials) {
    const { report } =
      mediaType === 'application/vc+jwt'
        ? await verifyVcJwtCredential(data, context, presentation.value)
        : await verifyCredential(data, context)
    checks.push(...report.checks)
  }
  return { outcome: worstOutcome(checks), checks }
}

/** JSON: a credential in an envelope, or one whose proof cannot be checked here. */
async function verifyDocument(text: string, context: VerificationContext): Promise<FileReport> {
  const parsed = parseJsonObject(text, limits)
  if (!parsed.ok) return (await verifyCredential(text, context)).report
  const { id, proof } = parsed.value
  const [, enveloped] =
    (typeof id === 'string' && /^data:application\/vc\+jwt,([^,]+)$/.exec(id)) || []
  if (enveloped !== undefined) return verifyJwsText(enveloped, context)
  const reason = proof === undefined ? 'unsigned' : 'proof_unsupported'
  return (await verifyUnsecuredCredential(parsed.value, { reason }, context)).report
}

async function leaveOpen(reason: Reason): Promise<FileReport> {
  const checklist = createChecklist()
  await checklist.run('source', () => undetermined(reason))
  return { outcome: 'undetermined', checks: checklist.checks }
}
