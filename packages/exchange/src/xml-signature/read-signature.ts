import { accept, type Result, refuse } from '@mikromerit/credentials'
import { attributeOf, childElements, children, rawText, type XmlElement } from '../xml/element.ts'
import {
  dsig,
  enveloped,
  exclusiveC14n,
  findDigest,
  findSignatureMethod,
  inclusiveC14n,
  type SignatureMethod,
} from './algorithms.ts'
import type { Canonicalisation } from './canonicalise.ts'

/** What a signature says of itself. Proves nothing. */
export interface SignatureDescription {
  readonly method: SignatureMethod
  readonly value: Buffer
  /** What the value is over, and how it is written for that. */
  readonly signedInfo: XmlElement
  readonly signedInfoForm: Canonicalisation
  readonly digest: string
  readonly digestValue: Buffer
  readonly documentForm: Canonicalisation
  /** Base64 DER. */
  readonly certificates: readonly string[]
}

export type DescriptionRefusal =
  | 'structure_invalid'
  | 'reference_not_whole_document'
  | 'transform_not_allowed'
  | 'algorithm_unsupported'

type Description = Result<SignatureDescription, DescriptionRefusal>

const unsupported = refuse('algorithm_unsupported', 'It uses algorithms that are not known here.')
const broken = refuse('structure_invalid', 'It does not have the parts that a signature has.')

/**
 * Reads an enveloped signature over a whole document (S-30). Exactly one reference, to the document itself, and no
 * transform but leaving out the signature and canonicalisation: then what is signed is what is read.
 */
export function readSignature(signature: XmlElement): Description {
  const [signedInfo, value, keyInfo, ...others] = childElements(signature)
  if (signedInfo?.name !== 'SignedInfo' || value?.name !== 'SignatureValue') return broken
  if ((keyInfo && keyInfo.name !== 'KeyInfo') || others.length > 0) return broken
  const [form, method, reference, ...more] = childElements(signedInfo)
  if (form?.name !== 'CanonicalizationMethod' || method?.name !== 'SignatureMethod') return broken
  if (reference?.name !== 'Reference') return broken
  if (more.length > 0 || attributeOf(reference, 'URI') !== '')
    return refuse('reference_not_whole_document', 'It is not over the document itself.')

  const referenced = readReference(reference)
  if (!referenced.ok) return referenced
  const signatureMethod = findSignatureMethod(algorithmOf(method))
  const signedInfoForm = readCanonicalisation(form)
  if (!signatureMethod || !signedInfoForm) return unsupported
  const decoded = decodeBase64(value)
  if (!decoded) return broken
  return accept({
    ...referenced.value,
    method: signatureMethod,
    value: decoded,
    signedInfo,
    signedInfoForm,
    certificates: readCertificates(keyInfo),
  })
}

type Reference = Pick<SignatureDescription, 'digest' | 'digestValue' | 'documentForm'>

function readReference(reference: XmlElement): Result<Reference, DescriptionRefusal> {
  const [transforms, digestMethod, digestValue, ...others] = childElements(reference)
  if (transforms?.name !== 'Transforms' || digestMethod?.name !== 'DigestMethod') return broken
  if (digestValue?.name !== 'DigestValue' || others.length > 0) return broken
  const documentForm = readTransforms(transforms)
  if (!documentForm)
    return refuse('transform_not_allowed', 'It uses transforms that are not allowed.')
  const digest = findDigest(algorithmOf(digestMethod))
  if (!digest) return unsupported
  const decoded = decodeBase64(digestValue)
  return decoded ? accept({ digest, digestValue: decoded, documentForm }) : broken
}

/** Leaving out the signature, then one canonicalisation; without one it is the inclusive (XML Signature 1.1, 4.4.3.2). */
function readTransforms(list: XmlElement): Canonicalisation | undefined {
  const [first, second, ...others] = childElements(list)
  if (!first || algorithmOf(first) !== enveloped || childElements(first).length > 0)
    return undefined
  if (others.length > 0) return undefined
  return second ? readCanonicalisation(second) : { kind: 'inclusive' }
}

/** Each is looked for at every element of the document. */
const mostPrefixes = 64

/** Without comments: a comment that is signed could be taken out of a text, or put into it. */
function readCanonicalisation(element: XmlElement): Canonicalisation | undefined {
  const [inclusive, ...others] = childElements(element)
  if (algorithmOf(element) === inclusiveC14n && !inclusive) return { kind: 'inclusive' }
  if (algorithmOf(element) !== exclusiveC14n || others.length > 0) return undefined
  if (inclusive && inclusive.namespace !== exclusiveC14n) return undefined
  const list = (inclusive && attributeOf(inclusive, 'PrefixList'))?.split(/\s+/) ?? []
  const prefixes = list.filter((prefix) => prefix !== '')
  if (prefixes.length > mostPrefixes) return undefined
  return {
    kind: 'exclusive',
    prefixes: new Set(prefixes.map((prefix) => (prefix === '#default' ? '' : prefix))),
  }
}

const readCertificates = (keyInfo: XmlElement | undefined): string[] =>
  children(keyInfo, 'X509Data', dsig)
    .flatMap((holder) => children(holder, 'X509Certificate', dsig))
    .map((element) => rawText(element).replace(/\s/g, ''))

/** One way to write each value: what is no base64 is refused, not passed over. */
function decodeBase64(element: XmlElement): Buffer | undefined {
  const text = rawText(element).replace(/[ \t\r\n]/g, '')
  const bytes = Buffer.from(text, 'base64')
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined
}

const algorithmOf = (element: XmlElement): string => attributeOf(element, 'Algorithm') ?? ''
