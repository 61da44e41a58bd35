import { hash, type KeyObject, type X509Certificate } from 'node:crypto'
import {
  certificateNames,
  certificateThumbprint,
  parseCertificateChain,
} from '@mikromerit/credentials'
import { isElement, type XmlContent, type XmlDocument, type XmlElement } from '../xml/element.ts'
import { dsig, isWeak, verifyValue } from './algorithms.ts'
import { canonicaliseDocument, canonicaliseElement } from './canonicalise.ts'
import { findTrustFault, type Trust, type TrustFault } from './check-trust.ts'
import {
  type DescriptionRefusal,
  readSignature,
  type SignatureDescription,
} from './read-signature.ts'

export type SignatureFault =
  | DescriptionRefusal
  | TrustFault
  | 'several_signatures'
  | 'certificate_missing'
  | 'signature_mismatch'
  | 'digest_mismatch'

/**
 * What a document's signature is worth. `weak`: intact and trusted, by methods no longer safe. `undetermined`: nothing
 * says it was altered, but it could not be checked, or who signed is not known here.
 */
export interface SignatureOutcome {
  readonly status: 'verified' | 'weak' | 'undetermined' | 'invalid' | 'unsigned'
  readonly reason?: SignatureFault
  /** Whose key made it, when it is intact. */
  readonly signer?: {
    readonly subject: string
    readonly thumbprint: string
    readonly publicKey: KeyObject
    /** Of its subject alternative name. */
    readonly names: { readonly dns: readonly string[]; readonly uris: readonly string[] }
  }
}

export interface VerifiedDocument {
  readonly signature: SignatureOutcome
  /** The root without its signature: the very elements that were hashed, and the only ones that may be read. */
  readonly content: XmlElement
}

/**
 * Verifies the enveloped signature of a document (XML Signature 1.1, S-30). The document is parsed once: what is hashed is
 * what is handed out, so that no trick of parsing or wrapping can put anything else in its place.
 */
export function verifyDocument(document: XmlDocument, trust: Trust): VerifiedDocument {
  const { root } = document
  const content = { ...root, content: root.content.filter((node) => !isSignature(node)) }
  const [signature, ...more] = root.content.filter(isSignature)
  if (!signature) return { signature: { status: 'unsigned' }, content }
  if (more.length > 0) return { signature: invalid('several_signatures'), content }
  const described = readSignature(signature)
  const outcome = described.ok
    ? verifyDescribed(document, signature, described.value, trust)
    : toOutcome(described.code)
  return { signature: outcome, content }
}

/** It is hashed anew for every certificate that may have signed it. Those of others take up 2,000 characters. */
const longestSignedInfo = 65_536

const isSignature = (node: XmlContent): node is XmlElement =>
  isElement(node) && node.name === 'Signature' && node.namespace === dsig

const invalid = (reason: SignatureFault): SignatureOutcome => ({ status: 'invalid', reason })

const toOutcome = (reason: DescriptionRefusal): SignatureOutcome => ({
  // An algorithm that is new is no fault of the document; all else is not what a signer makes.
  status: reason === 'algorithm_unsupported' ? 'undetermined' : 'invalid',
  reason,
})

function verifyDescribed(
  document: XmlDocument,
  signature: XmlElement,
  described: SignatureDescription,
  trust: Trust,
): SignatureOutcome {
  const enclosed = parseCertificateChain(described.certificates) ?? []
  const signed = canonicaliseElement(described.signedInfo, described.signedInfoForm)
  if (signed.length > longestSignedInfo) return invalid('structure_invalid')
  // Without a certificate in the file, any of the known signers may have made it.
  const signer = findSigner(described, signed, enclosed.length > 0 ? enclosed : trust.anchors)
  if (!signer)
    return enclosed.length > 0
      ? invalid('signature_mismatch')
      : { status: 'undetermined', reason: 'certificate_missing' }
  if (!isIntact(document, signature, described)) return invalid('digest_mismatch')
  const named = {
    signer: {
      subject: signer.subject,
      thumbprint: certificateThumbprint(signer),
      publicKey: signer.publicKey,
      names: certificateNames(signer),
    },
  }
  const others = enclosed.filter((certificate) => certificate !== signer)
  const fault = findTrustFault(signer, others, trust)
  if (fault) return { status: 'undetermined', reason: fault, ...named }
  const weak = isWeak(described.method, described.digest, signer.publicKey)
  return { status: weak ? 'weak' : 'verified', ...named }
}

/** The certificate whose key made the signature; undefined when none did. */
function findSigner(
  { method, value }: SignatureDescription,
  signed: string,
  candidates: readonly X509Certificate[],
): X509Certificate | undefined {
  return candidates.find((candidate) => verifyValue(method, candidate, { signed, value }))
}

/** Whether the document is the one whose digest was signed. */
const isIntact = (
  document: XmlDocument,
  signature: XmlElement,
  { digest, digestValue, documentForm }: SignatureDescription,
): boolean =>
  hash(digest, canonicaliseDocument(document, documentForm, signature), 'buffer').equals(
    digestValue,
  )
