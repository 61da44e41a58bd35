/// <reference path="./dom-parser.d.ts" />
import type { X509Certificate } from 'node:crypto'
import { certificateThumbprint, parseCertificateChain } from '@mikromerit/credentials'
import { DOMParser, type DomNode } from '@xmldom/xmldom/lib/dom-parser.js'
import { SignedXml } from 'xml-crypto'
import { childElements, type XmlElement } from '../xml/element.ts'
import { parseXml } from '../xml/parse-xml.ts'
import {
  digests,
  dsig,
  hashAlgorithm,
  isWeak,
  signatureMethods,
  verifyValue,
} from './algorithms.ts'
import { findTrustFault, type Trust, type TrustFault } from './check-trust.ts'
import {
  type DescriptionRefusal,
  readSignature,
  type SignatureDescription,
} from './read-signature.ts'
import { isSameContent } from './same-content.ts'

export type SignatureFault =
  | DescriptionRefusal
  | TrustFault
  | 'several_signatures'
  | 'certificate_missing'
  | 'signature_mismatch'

/**
 * What a document's signature is worth. `weak`: intact and trusted, by methods no longer safe. `undetermined`: nothing
 * says it was altered, but it could not be checked, or who signed is not known here.
 */
export interface SignatureOutcome {
  readonly status: 'verified' | 'weak' | 'undetermined' | 'invalid' | 'unsigned'
  readonly reason?: SignatureFault
  /** Whose key made it, when it is intact. */
  readonly signer?: { readonly subject: string; readonly thumbprint: string }
}

export interface VerifiedDocument {
  readonly signature: SignatureOutcome
  /** The document without its signature: what may be read. */
  readonly content: XmlElement
}

/**
 * Verifies the enveloped signature of a document (XML Signature 1.1, S-30). The content handed out is compared with the
 * very bytes that were signed, so that no trick of parsing or wrapping can put anything else in their place.
 */
export function verifyDocument(text: string, root: XmlElement, trust: Trust): VerifiedDocument {
  const signatures = childElements(root).filter(isSignature)
  const content = { ...root, content: root.content.filter((node) => !isSignature(node)) }
  const [signature, ...more] = signatures
  if (!signature) return { signature: { status: 'unsigned' }, content }
  if (more.length > 0) return { signature: invalid('several_signatures'), content }
  const described = readSignature(signature)
  if (!described.ok) return { signature: toOutcome(described.code), content }
  return { signature: verifyDescribed(text, content, described.value, trust), content }
}

const isSignature = (node: XmlElement | string): node is XmlElement =>
  typeof node === 'object' && node.name === 'Signature' && node.namespace === dsig

const invalid = (reason: SignatureFault): SignatureOutcome => ({ status: 'invalid', reason })

const toOutcome = (reason: DescriptionRefusal): SignatureOutcome => ({
  // An algorithm that is new is no fault of the document; all else is not what a signer makes.
  status: reason === 'algorithm_unsupported' ? 'undetermined' : 'invalid',
  reason,
})

function verifyDescribed(
  text: string,
  content: XmlElement,
  described: SignatureDescription,
  trust: Trust,
): SignatureOutcome {
  const enclosed = parseCertificateChain(described.certificates) ?? []
  // Without a certificate in the file, any of the known signers may have made it.
  const candidates = enclosed.length > 0 ? enclosed : trust.anchors
  const signer = findSigner(text, content, described, candidates)
  if (signer === undefined)
    return enclosed.length > 0
      ? invalid('signature_mismatch')
      : { status: 'undetermined', reason: 'certificate_missing' }
  const named = {
    signer: { subject: signer.subject, thumbprint: certificateThumbprint(signer) },
  }
  const others = enclosed.filter((certificate) => certificate !== signer)
  const fault = findTrustFault(signer, others, trust)
  if (fault) return { status: 'undetermined', reason: fault, ...named }
  const method = signatureMethods[described.method]
  const weak = !method || isWeak(method, described.digest, signer.publicKey)
  return { status: weak ? 'weak' : 'verified', ...named }
}

/** The certificate whose key made the signature over this very content; undefined when none did. */
function findSigner(
  text: string,
  content: XmlElement,
  described: SignatureDescription,
  candidates: readonly X509Certificate[],
): X509Certificate | undefined {
  let signer: X509Certificate | undefined
  const verification = openVerification(described, (signed, value) => {
    const method = signatureMethods[described.method]
    signer = candidates.find(
      ({ publicKey }) => method && verifyValue(method, publicKey, { signed, value }),
    )
    return signer !== undefined
  })
  try {
    const node = findSignatureNode(text)
    if (!node) return undefined
    verification.loadSignature(node)
    if (!verification.checkSignature(text)) return undefined
  } catch {
    return undefined // however it does not verify, the library throws
  }
  const [signedXml, ...more] = verification.getSignedReferences()
  const parsed = more.length === 0 && signedXml !== undefined ? parseXml(signedXml) : undefined
  return parsed?.ok && isSameContent(parsed.value, content) ? signer : undefined
}

/** The library with our algorithms alone, and our keys in place of any that the file brings. */
function openVerification(
  { method, digest }: SignatureDescription,
  verifyKey: (signed: string, value: string) => boolean,
): SignedXml {
  const verification = new SignedXml({ publicCert: 'chosen below', getCertFromKeyInfo: () => null })
  verification.SignatureAlgorithms = {
    [method]: class {
      getAlgorithmName = () => method
      getSignature(): never {
        throw new TypeError('This algorithm verifies only.')
      }
      verifySignature = (signed: string, _key: unknown, value: string) => verifyKey(signed, value)
    },
  }
  verification.HashAlgorithms = { [digest]: hashAlgorithm(digest, digests[digest] ?? '') }
  return verification
}

/** The signature as a node of the parser that the library itself uses. */
function findSignatureNode(text: string): DomNode | undefined {
  const { documentElement } = new DOMParser({
    errorHandler: (_level, message) => {
      throw new SyntaxError(message)
    },
  }).parseFromString(text, 'text/xml')
  return Array.from(documentElement.childNodes).find(
    ({ localName, namespaceURI }) => localName === 'Signature' && namespaceURI === dsig,
  )
}
