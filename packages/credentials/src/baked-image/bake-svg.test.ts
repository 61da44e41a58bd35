import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forgeOpenBadge } from '../../test/forged-vc.ts'
import { bakeSvg, readBakedSvg } from './bake-svg.ts'
import { drawDefaultBadgeSvg } from './default-badge.ts'
import { maxImageBytes } from './png.ts'
import { readBakedImage } from './read-baked-image.ts'

const jws = forgeOpenBadge()
const json = '{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"Å"}'
const image = drawDefaultBadgeSvg({ seed: 'a', title: 'Samarbete' })
const svg = 'xmlns="http://www.w3.org/2000/svg"'
const badge = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'

const bake = (credential: string, picture = image) => {
  const baked = bakeSvg(Buffer.from(picture), credential)
  if (!baked.ok) throw new Error(baked.code)
  return baked.value.toString()
}
const read = (picture: string | Uint8Array) => {
  const baked = readBakedSvg(typeof picture === 'string' ? Buffer.from(picture) : picture)
  return baked.ok ? baked.value : baked.code
}
const withCredential = (element: string) => `<svg ${svg} ${badge}>${element}</svg>`

describe('bakeSvg', () => {
  it('puts a JWS into the verify attribute, right after the svg tag', () => {
    const baked = bake(jws)
    expect(baked).toContain(
      `role="img" ${badge}><openbadges:credential verify="${jws}"></openbadges:credential>\n<title>`,
    )
    expect(read(baked)).toEqual({ kind: 'jws', text: jws, specification: '3.0' })
  })

  it('puts JSON into CDATA', () => {
    const baked = bake(json)
    expect(baked).toContain(`<openbadges:credential><![CDATA[${json}]]></openbadges:credential>`)
    expect(read(baked)).toEqual({ kind: 'json', text: json, specification: '3.0' })
  })

  it('gives back whatever credential it was given', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(']]>', '</openbadges:credential>', '<![CDATA[', '&lt;', '\uFFFE\uFFFF\uD800'),
    )
    fc.assert(
      fc.property(fc.dictionary(texts, texts, { maxKeys: 4 }), (value) => {
        const text = JSON.stringify(value)
        const baked = read(bake(text))
        expect(typeof baked === 'object' && JSON.stringify(JSON.parse(baked.text))).toBe(text)
      }),
    )
  })

  it('replaces the credential that was there before, of either version', () => {
    const trap = '{"name":"</openbadges:credential>"}'
    const old = `<svg ${svg} xmlns:ob="http://openbadges.org" ${badge}><ob:assertion verify="https://x"/><g/><openbadges:credential><![CDATA[${trap}]]></openbadges:credential><path/></svg>`
    const baked = bake(jws, old)
    expect(baked).toBe(
      `<svg ${svg} xmlns:ob="http://openbadges.org" ${badge}><openbadges:credential verify="${jws}"></openbadges:credential><g/><path/></svg>`,
    )
    expect(bake(jws, bake(json, bake(jws)))).toBe(bake(jws))
  })

  it('bakes into an svg of its own prefix, an empty one, and one that uses the prefix otherwise', () => {
    for (const picture of [
      '<?xml version="1.0"?>\n<!-- x --><s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>',
      `<svg ${svg}/>`,
      `<svg ${svg} xmlns:openbadges='http://openbadges.org'><g/></svg>`,
    ]) {
      expect(read(bake(jws, picture))).toMatchObject({ text: jws })
      expect(read(bake(json, picture))).toMatchObject({ text: json })
    }
  })

  it.for<[string, string, string, string]>([
    ['no SVG', '<html></html>', jws, 'svg_malformed'],
    ['an svg of no namespace', '<svg></svg>', jws, 'svg_malformed'],
    ['an svg without end', `<svg ${svg}><g>`, jws, 'svg_malformed'],
    ['a document with a type', `<!DOCTYPE svg><svg ${svg}/>`, jws, 'svg_dtd_refused'],
    ['no credential', image, 'hello', 'credential_unreadable'],
  ])('bakes nothing into %s', ([, picture, credential, code]) => {
    expect(bakeSvg(Buffer.from(picture), credential)).toMatchObject({ ok: false, code })
  })
})

describe('readBakedSvg (V-28)', () => {
  it('takes the first of several, wherever it stands', () => {
    const one = (text: string) => `<openbadges:credential verify="${text}"/>`
    expect(read(withCredential(`<g><g>${one('a.b.c')}</g></g>${one(jws)}`))).toMatchObject({
      text: 'a.b.c',
    })
  })

  it('knows the element by its namespace, not by its prefix', () => {
    const picture = `<svg ${svg}><x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0" verify='${jws}'/></svg>`
    expect(read(picture)).toMatchObject({ text: jws })
    const other = `<svg ${svg} xmlns:openbadges="https://other.example"><openbadges:credential verify="${jws}"/></svg>`
    expect(read(other)).toBe('credential_missing')
  })

  it('reads an assertion of Open Badges 2.0', () => {
    const picture = `<svg ${svg} xmlns:openbadges="http://openbadges.org"><openbadges:assertion><![CDATA[${json}]]></openbadges:assertion></svg>`
    expect(read(picture)).toMatchObject({ text: json, specification: '2.0' })
  })

  it('reads JSON that was written with references', () => {
    const text = json.replaceAll('"', '&quot;').replace('Å', '&#xC5;')
    expect(
      read(withCredential(`<openbadges:credential> ${text} </openbadges:credential>`)),
    ).toEqual({ kind: 'json', text: json, specification: '3.0' })
  })

  it('looks past comments, instructions and CDATA', () => {
    const decoy = `<openbadges:credential verify="a.b.c"/>`
    const picture = withCredential(
      `<!--${decoy}--><?x ${decoy}?><style><![CDATA[${decoy}]]></style><openbadges:credential verify="${jws}"/>`,
    )
    expect(read(`\uFEFF<?xml version="1.0"?>${picture}`)).toMatchObject({ text: jws })
  })

  it('looks at nothing behind the credential', () => {
    expect(
      read(`<svg ${svg} ${badge}><openbadges:credential verify="${jws}"/><<<&xxe;`),
    ).toMatchObject({ text: jws })
  })

  const lol =
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
  const xxe = '<!DOCTYPE svg [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'
  it.for<[string, string, string]>([
    ['without one', image, 'credential_missing'],
    ['with entities that multiply', `${lol}${withCredential('<g>&c;</g>')}`, 'svg_dtd_refused'],
    [
      'with entities from outside (S-30)',
      `${xxe}${withCredential('<openbadges:credential>&xxe;</openbadges:credential>')}`,
      'svg_dtd_refused',
    ],
    ['with a harmless document type', `<!DOCTYPE svg>${withCredential('')}`, 'svg_dtd_refused'],
    [
      'with an entity in the attribute',
      withCredential('<openbadges:credential verify="&xxe;"/>'),
      'svg_entity_refused',
    ],
    [
      'with an entity in the text',
      withCredential('<openbadges:credential>&xxe;</openbadges:credential>'),
      'svg_entity_refused',
    ],
    [
      'with a reference to nothing',
      withCredential('<openbadges:credential verify="&#0;"/>'),
      'svg_entity_refused',
    ],
    [
      'with a bare ampersand',
      withCredential('<openbadges:credential verify="a&b"/>'),
      'svg_entity_refused',
    ],
    [
      'with something else in it',
      withCredential('<openbadges:credential verify="x"/>'),
      'credential_unreadable',
    ],
    ['with nothing in it', withCredential('<openbadges:credential/>'), 'credential_unreadable'],
    [
      'with an element in it',
      withCredential('<openbadges:credential><g/></openbadges:credential>'),
      'credential_unreadable',
    ],
    [
      'with another end',
      withCredential(`<openbadges:credential>${json}</g>`),
      'credential_unreadable',
    ],
    [
      'with too much in it',
      withCredential(`<openbadges:credential verify="a.${'b'.repeat(262_144)}.c"/>`),
      'credential_too_large',
    ],
    [
      'with an attribute twice',
      withCredential('<openbadges:credential verify="a.b.c" verify="d.e.f"/>'),
      'svg_malformed',
    ],
    [
      'with a prefix bound to nothing',
      `<svg ${svg}><openbadges:credential verify="${jws}"/></svg>`,
      'svg_malformed',
    ],
    ['with tags that cross', withCredential('<g><path></g></path>'), 'svg_malformed'],
    ['with two roots', `<svg ${svg}/><svg ${svg} ${badge}/>`, 'svg_malformed'],
    ['with a comment that never ends', `<svg ${svg}><!-- `, 'svg_malformed'],
    ['that is something else', '<html><svg/></html>', 'svg_malformed'],
    ['that is no markup', 'hello', 'svg_malformed'],
    ['nested too deep', `<svg ${svg}>${'<g>'.repeat(200)}`, 'svg_too_complex'],
    ['with too many elements', `<svg ${svg}>${'<g/>'.repeat(50_001)}</svg>`, 'svg_too_complex'],
    [
      'with too many attributes',
      `<svg ${svg} ${Array.from({ length: 201 }, (_, n) => `a${n}=""`).join(' ')}/>`,
      'svg_too_complex',
    ],
  ])('finds no credential in an image %s', ([, picture, code]) => {
    expect(read(picture)).toBe(code)
  })

  it('refuses what is too large, or not UTF-8', () => {
    expect(read(Buffer.alloc(maxImageBytes + 1, ' '))).toBe('image_too_large')
    expect(read(Buffer.from([0x3c, 0xff]))).toBe('svg_malformed')
  })

  const declarations = Array.from({ length: 190 }, (_, n) => `xmlns:a${n}="b"`).join(' ')
  it.for<[string, string]>([
    [
      'namespaces',
      `<svg ${svg}>${`<g ${declarations}>`.repeat(120)}${'<g xmlns:b=""/>'.repeat(49_000)}`,
    ],
    ['spaces', `<svg ${svg}${' '.repeat(2_000_000)}x`],
    ['less-than signs', `<svg ${svg}>${'<a'.repeat(1_000_000)}`],
    [
      'ampersands',
      withCredential(`<openbadges:credential>${'&#65;'.repeat(500_000)}</openbadges:credential>`),
    ],
    [
      'CDATA',
      withCredential(
        `<openbadges:credential>${'<![CDATA[]]>'.repeat(200_000)}</openbadges:credential>`,
      ),
    ],
    ['comments', `<svg ${svg}>${'<!---->'.repeat(500_000)}`],
  ])('takes no time over masses of %s (S-11)', { timeout: 20_000 }, ([, picture]) => {
    const start = performance.now()
    expect(read(picture)).toBeTypeOf('string')
    // Seconds on a busy machine; minutes when any part of it is quadratic.
    expect(performance.now() - start).toBeLessThan(15_000)
  })

  it('never gives out a credential of a flipped character, unless the flip lies in it', () => {
    const baked = bake(jws)
    const [from, to] = [baked.indexOf(jws), baked.indexOf(jws) + jws.length]
    fc.assert(
      fc.property(fc.nat(to), fc.constantFrom(...'<>&"\'=/ aZ]!-\0'), (at, character) => {
        const altered = `${baked.slice(0, at)}${character}${baked.slice(at + 1)}`
        const found = read(altered)
        const isIn = at >= from && at < to
        if (typeof found === 'object' && !isIn) expect(found.text).toBe(jws)
      }),
      { numRuns: 1000 },
    )
  })

  it('never throws, and finds nothing in an image cut short before the credential ends', () => {
    const baked = bake(json)
    fc.assert(
      fc.property(fc.nat(baked.indexOf(']]>')), fc.string(), (length, rest) => {
        expect(read(baked.slice(0, length))).toBeTypeOf('string')
        read(`${baked.slice(0, length)}${rest}`)
      }),
      { numRuns: 500 },
    )
  })
})

it('tells a PNG from an SVG by its bytes', () => {
  expect(readBakedImage(Buffer.from(bake(jws)))).toMatchObject({ value: { text: jws } })
  expect(readBakedImage(Buffer.from('\x89PNG'))).toMatchObject({ code: 'svg_malformed' })
})
