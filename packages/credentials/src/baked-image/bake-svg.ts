import { accept, type Result, refuse } from '../result.ts'
import { type BakedText, maxCredentialLength, readCredentialText } from './credential-text.ts'
import { decodeSvg, type SvgElement, scanSvg } from './svg-scanner.ts'
import { decodeReferences, malformedSvg, type SvgRefusal } from './svg-tags.ts'

export const svgNamespace = 'http://www.w3.org/2000/svg'
const badgeNamespace = 'https://purl.imsglobal.org/ob/v3p0'

/** Elements that hold a credential: of Open Badges 3.0, and of 2.0 with an assertion. */
const bakedElements = [
  { specification: '3.0', namespace: badgeNamespace, localName: 'credential' },
  { specification: '2.0', namespace: 'http://openbadges.org', localName: 'assertion' },
] as const
type Specification = (typeof bakedElements)[number]['specification']

export type BakedSvgRefusal =
  | SvgRefusal
  | 'credential_missing'
  | 'credential_unreadable'
  | 'credential_too_large'

/**
 * Bakes a credential into an SVG (Open Badges 3.0, 5.3.2): right after the `svg` tag, a JWS as attribute `verify`, JSON
 * as CDATA. A credential that was in it before is replaced.
 */
export function bakeSvg(image: Uint8Array, credential: string): Result<Buffer, BakedSvgRefusal> {
  const baked = readCredentialText(credential)
  if (!baked.ok) return baked
  const decoded = decodeSvg(image)
  if (!decoded.ok) return decoded
  const text = decoded.value
  const found = findParts(text)
  if (!found.ok) return found
  const { root, old } = found.value
  const tag = text.slice(root.start, root.end - (root.isEmpty ? 2 : 1))
  const bound = root.attributes.get('xmlns:openbadges')
  // Bound to something else, the prefix is bound again on the element itself.
  const declaration = ` xmlns:openbadges="${badgeNamespace}"`
  const [onRoot, onElement] = bound === undefined ? [declaration, ''] : ['', declaration]
  const [head, tail] = [text.slice(0, root.start), removeRanges(text, root.end, old)]
  const closing = root.isEmpty ? `</${root.name}>` : ''
  const element = buildElement(baked.value, bound === badgeNamespace ? '' : onElement)
  return accept(Buffer.from(`${head}${tag}${onRoot}>${element}${closing}${tail}`))
}

type Range = readonly [start: number, end: number]

/** The root, and the elements that held a credential before, the outermost of each. */
function findParts(
  text: string,
): Result<{ root: SvgElement; old: readonly Range[] }, BakedSvgRefusal> {
  let root: SvgElement | undefined
  let outermost: SvgElement | undefined
  const old: Range[] = []
  const scanned = scanSvg(text, {
    enter: (element) => {
      root ??= element
      if (outermost || !findSpecification(element)) return undefined
      if (element.isEmpty) old.push([element.start, element.end])
      else outermost = element
      return undefined
    },
    leave: (element, end) => {
      if (element !== outermost) return
      old.push([element.start, end])
      outermost = undefined
    },
  })
  if (!scanned.ok) return scanned
  return root && isSvgRoot(root) ? accept({ root, old }) : malformedSvg('Its root is not svg.')
}

function removeRanges(text: string, from: number, ranges: readonly Range[]): string {
  const starts = [from, ...ranges.map(([, end]) => end)]
  const ends = [...ranges.map(([start]) => start), text.length]
  return starts.map((start, index) => text.slice(start, ends[index])).join('')
}

/** Reads the first credential of an SVG, of Open Badges 3.0 or 2.0, without document type and entities (V-28). */
export function readBakedSvg(
  image: Uint8Array,
): Result<BakedText & { readonly specification: Specification }, BakedSvgRefusal> {
  const decoded = decodeSvg(image)
  if (!decoded.ok) return decoded
  let found: { element: SvgElement; specification: Specification } | undefined
  let isSvg = false
  const scanned = scanSvg(decoded.value, {
    enter: (element) => {
      isSvg ||= element.depth === 0 && isSvgRoot(element)
      const specification = findSpecification(element)
      if (specification) found = { element, specification }
      return isSvg && !specification ? undefined : 'stop'
    },
  })
  if (!scanned.ok) return scanned
  if (!isSvg) return malformedSvg('Its root is not svg.')
  if (!found) return refuse('credential_missing', 'There is no credential in the image.')
  const { element, specification } = found
  const verify = element.attributes.get('verify')
  const content = verify === undefined ? readContent(decoded.value, element) : decode(verify)
  if (!content.ok) return content
  const text = readCredentialText(content.value)
  return text.ok ? accept({ specification, ...text.value }) : text
}

const isSvgRoot = ({ namespace, localName }: SvgElement) =>
  namespace === svgNamespace && localName === 'svg'

const findSpecification = ({ namespace, localName }: SvgElement): Specification | undefined =>
  bakedElements.find((one) => one.namespace === namespace && one.localName === localName)
    ?.specification

/** The limit comes first: decoding megabytes of references takes a while. */
const decode = (raw: string) =>
  raw.length > 2 * maxCredentialLength
    ? refuse('credential_too_large', 'The credential in the image is too large.')
    : decodeReferences(raw)

/** Text and CDATA up to the end tag; another element in it would make it something else. */
function readContent(
  text: string,
  { name, end, isEmpty }: SvgElement,
): Result<string, BakedSvgRefusal> {
  const unreadable = refuse('credential_unreadable', 'The element of the credential is malformed.')
  if (isEmpty) return unreadable
  let content = ''
  for (let at = end; ; ) {
    const next = text.indexOf('<', at)
    if (next < 0) return unreadable
    const decoded = decode(text.slice(at, next))
    if (!decoded.ok) return decoded
    content += decoded.value
    if (text.startsWith(`</${name}`, next)) return accept(content)
    if (!text.startsWith('<![CDATA[', next)) return unreadable
    const close = text.indexOf(']]>', next)
    if (close < 0) return unreadable
    content += text.slice(next + 9, close)
    at = close + 3
  }
}

function buildElement({ kind, text }: BakedText, declaration: string): string {
  const name = 'openbadges:credential'
  if (kind === 'jws') return `<${name}${declaration} verify="${text}"></${name}>`
  // In JSON these can only stand within a string, where an escape says the same.
  const escaped = text
    .replaceAll(']]>', ']]\\u003e')
    .replaceAll('\uFFFE', '\\ufffe')
    .replaceAll('\uFFFF', '\\uffff')
  return `<${name}${declaration}><![CDATA[${escaped}]]></${name}>`
}
