/** An element to be written. Names are ours, texts may be anybody's. */
export interface XmlNode {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly content: string | readonly XmlNode[]
}

/** An element with text or children; nothing else is needed in the formats written here. */
export const node = (
  name: string,
  content: XmlNode['content'],
  attributes?: XmlNode['attributes'],
): XmlNode => ({ name, content, ...(attributes && { attributes }) })

/** An element with text, or nothing when there is no text. */
export const textNode = (name: string, text: string | number | undefined): XmlNode[] =>
  text === undefined ? [] : [node(name, String(text))]

/** One document, UTF-8, indented so that findings in it have lines to point at. */
export const writeXml = (root: XmlNode): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${writeNode(root, '')}\n`

function writeNode({ name, attributes = {}, content }: XmlNode, indent: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(value)}"`)
  const start = `${indent}<${name}${written.join('')}`
  if (content.length === 0) return `${start}/>`
  if (typeof content === 'string') return `${start}>${escapeText(content)}</${name}>`
  const inner = content.map((child) => writeNode(child, `${indent}  `)).join('\n')
  return `${start}>\n${inner}\n${indent}</${name}>`
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser turns these into spaces or line feeds unless they are written as references.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** Text and attribute values alike. What XML 1.0 has no way to hold (section 2.2) becomes U+FFFD. */
export const escapeText = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? '')
