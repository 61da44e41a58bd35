import type { X509Certificate } from 'node:crypto'
import { accept, type Refusal } from '@mikromerit/credentials'
import { ImportFault } from '../findings/import-fault.ts'
import { type ImportCode, type ImportFinding, importFinding } from '../findings/import-finding.ts'
import { decodeWhole } from '../text/decode-text.ts'
import { children, type XmlElement } from '../xml/element.ts'
import { parseXml, type XmlLimits, xmlLimits } from '../xml/parse-xml.ts'
import { type SignatureOutcome, verifyDocument } from '../xml-signature/verify-signature.ts'
import type { ElmoDocument } from './elmo.ts'
import { type NationalIdentifierListener, readLearner } from './read-learner.ts'
import { readAttachments, readReport } from './read-report.ts'
import { readMoment } from './read-values.ts'
import { createReport, type Report } from './report.ts'

export interface ElmoOptions {
  /** Certificates of those whose signatures are trusted, or of their authorities; never taken from the file. */
  readonly anchors: readonly X509Certificate[]
  readonly now: Date
  /** Default 20 MiB: files hold their attachments. */
  readonly maxBytes?: number
  readonly limits?: XmlLimits
  readonly onNationalIdentifier?: NationalIdentifierListener
}

export interface ElmoRefusal extends Refusal<string> {
  readonly finding: ImportFinding
}

/**
 * Reads an ELMO file of version 1 or 2 (domain.md section 4), told apart by its elements. Refuses what is no
 * well-formed ELMO; all else that is wrong is a finding with its line. Never throws on what a stranger wrote.
 */
export function readElmo(
  bytes: Uint8Array,
  options: ElmoOptions,
): { readonly ok: true; readonly value: ElmoDocument } | ElmoRefusal {
  const text = readText(bytes, options.maxBytes ?? 20 * 1024 * 1024)
  if (typeof text !== 'string') return text
  const parsed = parseXml(text, options.limits ?? xmlLimits)
  if (!parsed.ok) return refuseFile(importFinding(parsed.code, { line: parsed.line }))
  const { root } = parsed.value
  if (root.name !== 'elmo') return refuseFile(importFinding('ELMO_ROOT', { line: root.line }))
  const trust = { anchors: options.anchors, at: options.now }
  const { signature, content } = verifyDocument(parsed.value, trust)
  return accept(readContent(content, signature, options))
}

function readText(bytes: Uint8Array, maxBytes: number): string | ElmoRefusal {
  if (bytes.byteLength > maxBytes) return refuseFile(importFinding('IMPORT_TOO_LARGE'))
  try {
    const text = decodeWhole(bytes)
    return text.trim() === '' ? refuseFile(importFinding('IMPORT_EMPTY')) : text
  } catch (error) {
    if (error instanceof ImportFault) return refuseFile(error.finding)
    throw error
  }
}

const refuseFile = (finding: ImportFinding): ElmoRefusal => ({
  ok: false,
  code: finding.code,
  detail: finding.message.en,
  finding,
})

function readContent(
  root: XmlElement,
  signature: SignatureOutcome,
  { onNationalIdentifier }: ElmoOptions,
): ElmoDocument {
  const { report, findings } = createReport()
  reportSignature(signature, root, report)
  const generatedAt = readMoment(root, 'generatedDate', report)
  const learner = readLearner(root, report, onNationalIdentifier)
  const reports = children(root, 'report')
  if (reports.length === 0) report('ELMO_ELEMENT_MISSING', root)
  const version = isSecondVersion(root) ? 2 : 1
  if (version === 2) report('ELMO_VERSION', root)
  return {
    version,
    ...(generatedAt !== undefined && { generatedAt }),
    learner,
    reports: reports.map((each) => readReport(each, report)),
    attachments: readAttachments(root),
    signature,
    findings,
  }
}

/** Version 2 renamed and added elements, and kept the namespace of version 1. */
const isSecondVersion = (root: XmlElement): boolean =>
  children(root, 'learner').some(
    (learner) =>
      children(learner, 'dateOfBirth').length + children(learner, 'alternativeName').length > 0,
  ) || children(root, 'report').some((each) => children(each, 'resultOfRecognition').length > 0)

function reportSignature(
  { status, reason }: SignatureOutcome,
  root: XmlElement,
  report: Report,
): void {
  const codes: Readonly<Record<SignatureOutcome['status'], ImportCode | undefined>> = {
    verified: undefined,
    weak: 'ELMO_SIGNATURE_WEAK',
    unsigned: 'ELMO_UNSIGNED',
    invalid: 'ELMO_SIGNATURE_INVALID',
    undetermined:
      reason === 'algorithm_unsupported' || reason === 'certificate_missing'
        ? 'ELMO_SIGNATURE_UNDETERMINED'
        : 'ELMO_SIGNATURE_UNTRUSTED',
  }
  const code = codes[status]
  if (code) report(code, root)
}
