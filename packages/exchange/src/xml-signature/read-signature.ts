import { accept, type Result, refuse } from '@mikromerit/credentials'
import { childElements, children, rawText, type XmlElement } from '../xml/element.ts'
import {
  canonicalisations,
  digests,
  dsig,
  enveloped,
  exclusiveC14n,
  signatureMethods,
} from './algorithms.ts'

/** What a signature says of itself. Proves nothing. */
export interface SignatureDescription {
  readonly method: string
  readonly digest: string
  /** Base64 DER. */
  readonly certificates: readonly string[]
}

export type DescriptionRefusal =
  | 'structure_invalid'
  | 'reference_not_whole_document'
  | 'transform_not_allowed'
  | 'algorithm_unsupported'

/**
 * Reads an enveloped signature over a whole document (S-30). Exactly one reference, to the document itself, and no
 * transform but leaving out the signature and canonicalisation: then what is signed is what is read.
 */
export function readSignature(
  signature: XmlElement,
): Result<SignatureDescription, DescriptionRefusal> {
  const [signedInfo, value, keyInfo, ...others] = childElements(signature)
  if (signedInfo?.name !== 'SignedInfo' || value?.name !== 'SignatureValue' || others.length > 0)
    return refuse('structure_invalid', 'The signature does not have the parts it must have.')
  const [canonicalisation, method, reference, ...more] = childElements(signedInfo)
  const isWhole =
    canonicalisation?.name === 'CanonicalizationMethod' &&
    method?.name === 'SignatureMethod' &&
    reference?.name === 'Reference'
  if (!isWhole) return refuse('structure_invalid', 'SignedInfo does not have its parts.')
  if (more.length > 0 || reference.attributes.get('URI') !== '')
    return refuse('reference_not_whole_document', 'The signature is not over the document itself.')
  const transforms = checkTransforms(reference)
  if (!transforms.ok) return transforms
  return describe({ canonicalisation, method, reference, keyInfo })
}

function checkTransforms(reference: XmlElement): Result<undefined, DescriptionRefusal> {
  const [list, ...moreLists] = children(reference, 'Transforms', dsig)
  const [first, second, ...others] = childElements(list)
  const algorithm = second && algorithmOf(second)
  const isAllowed =
    moreLists.length === 0 &&
    others.length === 0 &&
    first?.name === 'Transform' &&
    algorithmOf(first) === enveloped &&
    childElements(first).length === 0 &&
    (algorithm === undefined || canonicalisations.has(algorithm)) &&
    childElements(second).every(({ namespace }) => namespace === exclusiveC14n)
  return isAllowed
    ? accept(undefined)
    : refuse('transform_not_allowed', 'The signature uses transforms that are not allowed.')
}

interface Parts {
  readonly canonicalisation: XmlElement
  readonly method: XmlElement
  readonly reference: XmlElement
  readonly keyInfo: XmlElement | undefined
}

function describe(parts: Parts): Result<SignatureDescription, DescriptionRefusal> {
  const { canonicalisation, method, reference, keyInfo } = parts
  const [digestMethod, ...others] = children(reference, 'DigestMethod', dsig)
  const digest = digestMethod && algorithmOf(digestMethod)
  if (!digest || others.length > 0)
    return refuse('structure_invalid', 'The reference does not have one digest method.')
  const name = algorithmOf(method)
  const isSupported =
    Object.hasOwn(signatureMethods, name) &&
    Object.hasOwn(digests, digest) &&
    canonicalisations.has(algorithmOf(canonicalisation)) &&
    childElements(canonicalisation).length === 0
  if (!isSupported)
    return refuse('algorithm_unsupported', 'The signature uses algorithms that are not known here.')
  const certificates = children(keyInfo, 'X509Data', dsig)
    .flatMap((holder) => children(holder, 'X509Certificate', dsig))
    .map((element) => rawText(element).replace(/\s/g, ''))
  return accept({ method: name, digest, certificates })
}

const algorithmOf = (element: XmlElement): string => element.attributes.get('Algorithm') ?? ''
