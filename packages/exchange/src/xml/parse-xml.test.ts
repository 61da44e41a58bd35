import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributeOf, childElements, pathOf, rawText, tokenOf, type XmlElement } from './element.ts'
import { parseXml } from './parse-xml.ts'
import { node, writeXml, type XmlNode } from './write-xml.ts'

const parsed = (text: string): XmlElement => {
  const result = parseXml(text)
  if (!result.ok) throw new Error(result.code)
  return result.value.root
}

const billionLaughs = `<?xml version="1.0"?>
<!DOCTYPE elmo [
 <!ENTITY a "aaaaaaaaaa">
 <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
 <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<elmo>&c;</elmo>`

describe('parseXml', () => {
  it('reads elements, attributes, namespaces, character data and lines', () => {
    const root = parsed(
      '<a xmlns="urn:a" xmlns:b="urn:b">\n  <b:c d="1" b:e="2">x<![CDATA[ < ]]><!-- no -->y &amp; &#229;</b:c>\n</a>',
    )
    const [child] = childElements(root)
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:a', line: 1 })
    expect(child).toMatchObject({ name: 'c', namespace: 'urn:b', line: 2 })
    expect(child && [attributeOf(child, 'd'), attributeOf(child, 'e', 'urn:b')]).toEqual(['1', '2'])
    expect(rawText(child)).toBe('x < y & å')
  })

  it.each([
    ['entities that multiply', billionLaughs],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<a>&x;</a>'],
    ['an external subset', '<!DOCTYPE a SYSTEM "https://attacker.example/a.dtd"><a/>'],
    ['a lower-case or empty declaration that XML allows', '<!DOCTYPE a><a/>'],
  ])('refuses %s by its document type declaration', (_, text) => {
    expect(parseXml(text)).toMatchObject({ ok: false, code: 'XML_DOCTYPE' })
  })

  it.each([
    ['an entity of nobody', '<a>&nbsp;</a>'],
    ['a wrong end tag', '<a>\n<b></a>'],
    ['an end that never comes', '<a><b>'],
    ['two roots', '<a/><b/>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute twice by two prefixes', '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>'],
    ['a prefix nobody bound', '<x:a/>'],
    ['a control character', '<a>\u0001</a>'],
    ['a reference to one', '<a>&#1;</a>'],
    ['no XML at all', 'PK\u0003\u0004'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parseXml(text)).toMatchObject({ ok: false, code: 'XML_MALFORMED' })
  })

  it('says on which line the fault is', () => {
    expect(parseXml('<a>\n\n<b></a>')).toMatchObject({ ok: false, line: 3 })
  })

  it('stops at its limits while parsing', () => {
    const limits = { depth: 3, elements: 5, attributes: 2, namespaces: 2 }
    const refusal = { ok: false, code: 'XML_TOO_COMPLEX' }
    expect(parseXml('<a><a><a><a/></a></a></a>', limits)).toMatchObject(refusal)
    expect(parseXml(`<a>${'<a/>'.repeat(5)}</a>`, limits)).toMatchObject(refusal)
    expect(parseXml('<a b="1" c="2" d="3"/>', limits)).toMatchObject(refusal)
    expect(parseXml(`<a>${'<a/>'.repeat(4)}</a>`, limits)).toMatchObject({ ok: true })
    expect(parseXml('<a>'.repeat(100_000))).toMatchObject(refusal)
    const nested = '<a xmlns="u"><a xmlns:x="u"><a xmlns:y="u"/></a></a>'
    expect(parseXml(nested, limits)).toMatchObject(refusal)
    const beside = `<a xmlns="u">${'<a xmlns:x="u"/>'.repeat(4)}</a>`
    expect(parseXml(beside, limits)).toMatchObject({ ok: true })
  })

  it('keeps names of JavaScript as plain data', () => {
    const root = parsed('<__proto__ constructor="1"><toString/></__proto__>')
    expect(root.name).toBe('__proto__')
    expect(attributeOf(root, 'constructor')).toBe('1')
    expect(Object.hasOwn({}, 'constructor')).toBe(false)
  })

  it('says where an element stands', () => {
    const root = parsed('<a><b/><c/><b><d/></b></a>')
    const deepest = childElements(childElements(root)[2])[0]
    expect(deepest && pathOf(deepest)).toBe('/a/b[2]/d[1]')
  })

  it('never throws, whatever stands in the text', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</a>',
      '<a',
      ' b="',
      '"',
      '&',
      ';',
      ']]>',
      '<!--',
      '<?',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string())),
        (texts) => typeof parseXml(`<a>${texts.join('')}`).ok === 'boolean',
      ),
    )
  })
})

describe('writeXml', () => {
  it('writes what parseXml reads back, for every text that XML can hold', () => {
    const anyCharacter = fc.oneof(
      fc.integer({ min: 0, max: 0x7f }),
      fc.integer({ min: 0, max: 0xfffd }),
      fc.integer({ min: 0x10000, max: 0x10ffff }),
    )
    const text = fc.string({ unit: anyCharacter.map((code) => String.fromCodePoint(code)) })
    fc.assert(
      fc.property(text, text, (attribute, content) => {
        const root = parsed(writeXml(node('a', [node('b', content, { c: attribute })])))
        const [child] = childElements(root)
        return (
          child !== undefined &&
          (attributeOf(child, 'c') ?? '') === legal(attribute) &&
          rawText(child) === legal(content)
        )
      }),
    )
  })

  it('nests, and leaves no text in an empty element', () => {
    const tree: XmlNode = node('a', [node('b', ''), node('c', [node('d', 'x')])])
    expect(writeXml(tree)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a>\n  <b/>\n  <c>\n    <d>x</d>\n  </c>\n</a>\n',
    )
    expect(tokenOf(childElements(parsed(writeXml(tree)))[0])).toBeUndefined()
  })
})

const legal = (text: string) =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
