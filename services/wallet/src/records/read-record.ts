import {
  isAssertion,
  type MissingProof,
  parseJsonObject,
  readBakedImage,
  type Verification,
  verifyCredential,
  verifyUnsecuredCredential,
  verifyVcJwtCredential,
} from '@mikromerit/credentials'
import type { WalletContext } from '../context.ts'
import type { Parsed } from '../parsed.ts'
import { readElmoRecords } from './read-elmo-records.ts'
import type { RecordFormat, StoredRecord } from './stored-record.ts'
import { createVerificationContext } from './verification-context.ts'
import { rootElementOf } from './xml-root.ts'

type Document = Readonly<Record<string, unknown>>

/** European Digital Credentials are nested deep, and their seals hold the whole credential once more. */
const documentLimits = { depth: 64, members: 50_000 }
const sdJwtPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*~/
const jwsPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/
const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

/**
 * Reads what a learner brings along, whatever it is, and verifies what can be verified of it. Fetches nothing that it
 * names but issuers' keys and status lists. Refuses what is no record, and what was altered after it was signed.
 */
export async function readRecords(
  context: WalletContext,
  bytes: Uint8Array,
): Promise<Parsed<StoredRecord[]>> {
  const root = rootElementOf(bytes)
  if (pngSignature.equals(bytes.subarray(0, 8)) || root === 'svg') {
    const baked = readBakedImage(bytes)
    return baked.ok
      ? readText(context, baked.value.text)
      : refuse(`The image holds no badge that can be read (${baked.code}).`)
  }
  if (root === 'elmo') return readElmoRecords(context, bytes)
  return readText(
    context,
    Buffer.from(bytes)
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trim(),
  )
}

async function readText(context: WalletContext, text: string): Promise<Parsed<StoredRecord[]>> {
  const verification = createVerificationContext(context)
  // Some XML, whatever its root: its reader says what is wrong with it, and where.
  if (text.startsWith('<')) return readElmoRecords(context, Buffer.from(text))
  if (sdJwtPattern.test(text))
    return toRecords('sd_jwt_vc', await verifyCredential(text, verification), text)
  if (jwsPattern.test(text))
    return toRecords('vc_jwt', await verifyVcJwtCredential(text, verification), text)
  if (!text.startsWith('{'))
    return refuse(
      'It is none of ELMO, Open Badge, European Digital Credential, VC-JWT and SD-JWT VC.',
    )
  const parsed = parseJsonObject(text, documentLimits)
  if (!parsed.ok) return refuse(`It is not a JSON document that can be read (${parsed.code}).`)
  const enveloped = readEnvelope(parsed.value)
  if (enveloped !== undefined) return readText(context, enveloped)
  const sealed = readSealed(parsed.value)
  const document = sealed ?? parsed.value
  const missing: MissingProof = sealed ? { reason: 'seal_unsupported' } : findMissingProof(document)
  const format = isAssertion(document) || hasBadgeType(document) ? 'open_badge' : 'edc'
  return toRecords(format, await verifyUnsecuredCredential(document, missing, verification), text)
}

/** A record that cannot be believed as it stands is no record; one that nobody vouches for is the learner's word. */
function toRecords(
  format: RecordFormat,
  { report }: Verification,
  raw: string,
): Parsed<StoredRecord[]> {
  const outcomeOf = (code: string) => report.checks.find((check) => check.code === code)?.outcome
  if (outcomeOf('format') === 'invalid') return refuse(`It is malformed (${reasonOf(report)}).`)
  if (outcomeOf('signature') === 'invalid' || outcomeOf('disclosures') === 'invalid')
    return refuse('It was altered after it was signed.')
  const [microCredential] = report.microCredentials
  if (!microCredential) return refuse('It does not describe a micro-credential.')
  const isSealed = outcomeOf('issuer_key') === 'valid' && outcomeOf('signature') === 'valid'
  const { outcome, checks, verifiedAt } = report
  return {
    ok: true,
    value: [
      { format, isSelfDeclared: !isSealed, outcome, checks, verifiedAt, microCredential, raw },
    ],
  }
}

/** The stable code of the first check that failed, never what was received. */
function reasonOf({ checks }: Verification['report']): string {
  const evidence = checks.find(({ outcome }) => outcome === 'invalid')?.evidence
  const { cause, reason } = Object(evidence)
  return String(cause ?? reason)
}

/** The `data:` address of an enveloped credential (VCDM 2.0, 4.12). */
function readEnvelope({ type, id }: Document): string | undefined {
  const isEnvelope = [type].flat().includes('EnvelopedVerifiableCredential')
  return isEnvelope && typeof id === 'string'
    ? /^data:application\/vc\+jwt,(.+)$/s.exec(id)?.[1]
    : undefined
}

/** A JAdES signature in JSON, as Europass exports it: the credential is the text of its payload. */
function readSealed({ payload, signatures }: Document): Document | undefined {
  if (typeof payload !== 'string' || !Array.isArray(signatures)) return undefined
  const parsed = parseJsonObject(payload, documentLimits)
  return parsed.ok ? parsed.value : undefined
}

function findMissingProof(document: Document): MissingProof {
  if (isAssertion(document)) return { reason: 'hosted_unsigned' }
  return { reason: document.proof === undefined ? 'unsigned' : 'proof_unsupported' }
}

const hasBadgeType = ({ type }: Document): boolean =>
  [type].flat().some((one) => one === 'OpenBadgeCredential' || one === 'AchievementCredential')

const refuse = (detail: string): Parsed<never> => ({ ok: false, detail })
