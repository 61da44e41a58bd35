import {
  isAssertion,
  isObject,
  type MissingProof,
  parseJsonObject,
  verifyUnsecuredCredential,
} from '@mikromerit/credentials'
import type { Detector, Task, Verified } from './detector.ts'
import { notReadable } from './file-checks.ts'
import { toGiven } from './given.ts'
import { verifyHostedBadge } from './hosted-badge.ts'

type Document = Readonly<Record<string, unknown>>

/** European Digital Credentials are nested deep, and their seals hold the whole credential once more. */
const limits = { depth: 64, members: 50_000 }
const maxEnclosed = 32

/** A JSON object: a credential without an envelope, in one, sealed as JAdES, or several in a presentation. */
export const documentDetector: Detector = {
  name: 'JSON',
  recognises: ({ text }) => text?.startsWith('{') ?? false,
  verify: async ({ text = '' }, task) => {
    const parsed = parseJsonObject(text, limits)
    if (!parsed.ok) return notReadable(parsed.code, 'json_ld')
    return verifyDocument(parsed.value, task)
  },
}

async function verifyDocument(document: Document, task: Task): Promise<readonly Verified[]> {
  const enveloped = readEnvelope(document)
  if (enveloped !== undefined) return task.verifyInside(toGiven(enveloped), { mayFetch: false })
  if (hasType(document, 'VerifiablePresentation')) return verifyEnclosed(document, task)
  const sealed = readSealed(document)
  if (sealed) return verifyUnsecured(sealed, { reason: 'seal_unsupported' }, task)
  if (isAssertion(document)) return verifyHostedBadge(document, task)
  return verifyUnsecured(document, findMissingProof(document), task)
}

const verifyUnsecured = async (document: Document, missing: MissingProof, task: Task) => [
  (await verifyUnsecuredCredential(document, missing, task.verification)).report,
]

function hasType({ type }: Document, name: string): boolean {
  return type === name || (Array.isArray(type) && type.includes(name))
}

/** The `data:` address of an enveloped credential or presentation (VCDM 2.0, 4.12 and 4.13). */
function readEnvelope(document: Document): string | undefined {
  const isEnvelope =
    hasType(document, 'EnvelopedVerifiableCredential') ||
    hasType(document, 'EnvelopedVerifiablePresentation')
  const { id } = document
  return isEnvelope && typeof id === 'string' && id.startsWith('data:') ? id : undefined
}

/** A JAdES signature in JSON, as Europass exports it: the credential is the text of its payload. */
function readSealed({ payload, signatures }: Document): Document | undefined {
  if (typeof payload !== 'string' || !Array.isArray(signatures)) return undefined
  const parsed = parseJsonObject(payload, limits)
  return parsed.ok ? parsed.value : undefined
}

/** What would have to be checked, and is not: never a sign that anything is wrong with it. */
function findMissingProof({ proof }: Document): MissingProof {
  if (proof === undefined) return { reason: 'unsigned' }
  const [first] = [proof].flat()
  const { type, cryptosuite } = isObject(first) ? first : {}
  return {
    reason: 'proof_unsupported',
    evidence: {
      ...(typeof type === 'string' && { proofType: type.slice(0, 100) }),
      ...(typeof cryptosuite === 'string' && { cryptosuite: cryptosuite.slice(0, 100) }),
    },
  }
}

/** The credentials of a presentation that nobody signed, each by itself. */
async function verifyEnclosed(
  { verifiableCredential }: Document,
  task: Task,
): Promise<readonly Verified[]> {
  const enclosed: unknown[] = [verifiableCredential ?? []].flat()
  if (enclosed.length === 0 || enclosed.length > maxEnclosed)
    return notReadable('presentation_malformed', 'json_ld')
  const verified: Verified[] = []
  for (const each of enclosed) {
    const given = typeof each === 'string' || isObject(each) ? toGiven(each) : undefined
    verified.push(
      ...(given
        ? await task.verifyInside(given, { mayFetch: false })
        : await notReadable('presentation_malformed', 'json_ld')),
    )
  }
  return verified
}
