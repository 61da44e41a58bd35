import fc from 'fast-check'
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { childElements } from '../xml/element.ts'
import { parseXml } from '../xml/parse-xml.ts'
import { type Canonicalisation, canonicaliseDocument, canonicaliseElement } from './canonicalise.ts'

const inclusive: Canonicalisation = { kind: 'inclusive' }
const exclusive = (...prefixes: readonly string[]): Canonicalisation => ({
  kind: 'exclusive',
  prefixes: new Set(prefixes),
})

function parsed(xml: string) {
  const result = parseXml(xml)
  if (!result.ok) throw new Error(result.code)
  return result.value
}

const nowhere = parsed('<nowhere/>').root
const canonical = (xml: string, form: Canonicalisation) =>
  canonicaliseDocument(parsed(xml), form, nowhere)

/** What libxml2 makes of the same text. */
function byLibxml2(xml: string, form: Canonicalisation): string {
  const document = XmlDocument.fromString(xml)
  try {
    return document.canonicalizeToString(
      form.kind === 'inclusive'
        ? { mode: XmlC14NMode.XML_C14N_1_0, withComments: false }
        : {
            mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
            withComments: false,
            inclusiveNamespacePrefixes: [...form.prefixes],
          },
    )
  } finally {
    document.dispose()
  }
}

const prefix = fc.constantFrom('', 'a', 'b', 'xml')
const uri = fc.constantFrom('urn:1', 'urn:2', 'urn:3')
const text = fc.string({
  unit: fc.constantFrom('x', ' ', '\n', '\t', '\r', '&', '<', '>', '"', "'", 'å', '😀'),
})
const escaped = text.map((value) =>
  value.replace(/[&<>"\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`),
)

/** Documents with every trouble that namespaces can make, always well-formed. */
const { element } = fc.letrec<{ element: string; node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    escaped,
    fc.constantFrom('<!-- c -->', '<![CDATA[<&>]]>', '<?pi?>', '<?pi  a b ?>'),
    tie('element'),
  ),
  element: fc
    .record({
      name: fc.tuple(fc.constantFrom('', 'a', 'b'), fc.constantFrom('e', 'f')),
      declarations: fc.uniqueArray(fc.tuple(fc.constantFrom('', 'a', 'b'), uri), {
        selector: ([key]) => key,
      }),
      undeclared: fc.boolean(),
      attributes: fc.uniqueArray(fc.tuple(prefix, fc.constantFrom('m', 'n', 'lang'), escaped), {
        selector: ([, name]) => name,
      }),
      content: fc.array(tie('node'), { maxLength: 4 }),
    })
    .map(({ name, declarations, undeclared, attributes, content }) => {
      const tag = name[0] === '' ? name[1] : name.join(':')
      const hasDefault = declarations.some(([key]) => key === '')
      const written = [
        ...declarations.map(([key, value]) =>
          key === '' ? `xmlns="${value}"` : `xmlns:${key}="${value}"`,
        ),
        ...(undeclared && !hasDefault ? ['xmlns=""'] : []),
        ...attributes.map(
          ([key, local, value]) => `${key === '' ? '' : `${key}:`}${local}="${value}"`,
        ),
      ]
      return `<${[tag, ...written].join(' ')}>${content.join('')}</${tag}>`
    }),
}))

const documents = element.map(
  (inner) =>
    `<?top x?><!-- c --><r xmlns:a="urn:a" xmlns:b="urn:b" xml:lang="sv">${inner}</r><?end?>\n`,
)

describe('canonical XML', () => {
  it.each([
    ['inclusive', inclusive],
    ['exclusive', exclusive()],
    ['exclusive with prefixes kept', exclusive('a', 'b')],
  ])('is what libxml2 makes of any document: %s', (_, form) => {
    fc.assert(
      fc.property(documents, (xml) => {
        expect(canonical(xml, form)).toBe(byLibxml2(xml, form))
      }),
      { numRuns: 200 },
    )
  })

  it('is the same for all ways to write the same, and so is its own canonical form', () => {
    const one = `<r  b='2' a="1"><x></x>a<![CDATA[<]]>b<!-- c -->&#65;</r >`
    const other = '<r a="1" b="2"><x/>a&lt;bA</r>'
    expect(canonical(one, inclusive)).toBe('<r a="1" b="2"><x></x>a&lt;bA</r>')
    expect(canonical(other, inclusive)).toBe(canonical(one, inclusive))
    fc.assert(
      fc.property(
        documents,
        (xml) =>
          canonical(canonical(xml, exclusive()), exclusive()) === canonical(xml, exclusive()),
      ),
    )
  })

  it('leaves out the one element, and takes a part out with what it inherits', () => {
    const document = parsed('<r xmlns="urn:r" xmlns:u="urn:u" xml:lang="sv">1<a>2</a>3</r>')
    const [part] = childElements(document.root)
    if (!part) throw new Error('no part')
    expect(canonicaliseDocument(document, exclusive(), part)).toBe(
      '<r xmlns="urn:r" xml:lang="sv">13</r>',
    )
    expect(canonicaliseElement(part, exclusive())).toBe('<a xmlns="urn:r">2</a>')
    expect(canonicaliseElement(part, inclusive)).toBe(
      '<a xmlns="urn:r" xmlns:u="urn:u" xml:lang="sv">2</a>',
    )
  })
})
