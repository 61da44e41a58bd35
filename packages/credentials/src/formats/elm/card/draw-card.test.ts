import { crc32, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBitmap, drawText, measureText } from './bitmap.ts'
import { drawCard } from './draw-card.ts'
import { wrapText } from './wrap-text.ts'

const card = {
  heading: 'Mikromerit',
  title: 'Datadriven affärsutveckling',
  holder: 'Innehavare: Alva Exempelsson',
  lines: ['Utfärdare: Exempeluniversitetet'],
  footer: 'Bilden bevisar ingenting.',
}

/** Checks the chunks of a PNG and gives its size and dots, true where there is ink. */
function decodePng(png: Buffer): {
  width: number
  height: number
  isInk(x: number, y: number): boolean
} {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + length)
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body))
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4))
    at += length + 12
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND'])
  const header = chunks.get('IHDR') ?? Buffer.alloc(0)
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  const stride = Math.ceil(width / 8) + 1
  expect(rows).toHaveLength(stride * height)
  const isInk = (x: number, y: number) =>
    ((rows[y * stride + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
  return { width, height, isInk }
}

const draw = (text: string) => {
  const bitmap = createBitmap(measureText(text) ?? 0, 14)
  drawText(bitmap, text, { left: 0, top: 4, scale: 1 })
  return Array.from({ length: 14 }, (_, y) =>
    Array.from({ length: bitmap.width }, (_, x) =>
      ((bitmap.bytes[y * bitmap.bytesPerRow + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0
        ? ' '
        : '#',
    )
      .join('')
      .trimEnd(),
  )
}

describe('the letters of a picture', () => {
  it('look as they should, with their marks', () => {
    expect(draw('Åjö')).toEqual([
      '  #',
      ' # #',
      '  #',
      '',
      ' ###    #  # #',
      '#   #',
      '#   #   #  ###',
      '#####   # #   #',
      '#   #   # #   #',
      '#   #   # #   #',
      '#   #   #  ###',
      '      # #',
      '       #',
      '',
    ])
  })

  it('are there for the languages written with Latin letters in Europe', () => {
    const pangrams = [
      'Flygande bäckasiner söka hwila på mjuka tuvor ÅÄÖ',
      'Törkylempijävongahdus, åŋŧđžčš Čuovvovaš',
      'Zażółć gęślą jaźń; Příliš žluťoučký kůň úpěl ďábelské ódy',
      'Árvíztűrő tükörfúrógép, ș ț ă â î, ķ ļ ņ ģ ū, ž ė ų',
      'El pingüino Wenceslao hizo kilómetros ¿¡ señor – Ça où œuvre',
      'Þú ert æði, Ísland; ß Größe; Ħobża; 3,5 § 7 & 100 % (a/b) [c] {d} «e» “f”',
    ]
    for (const text of pangrams) expect(measureText(text), text).toBeDefined()
  })

  it('are not made up where there are none', () => {
    for (const text of ['Ελλάδα', 'България', '漢字', '😀', 'e\u0489'])
      expect(measureText(text)).toBeUndefined()
  })
})

describe('the picture of a credential', () => {
  const pictureOf = (more: Partial<typeof card> = {}) => drawCard({ ...card, ...more })

  it('is a PNG with its title drawn large', () => {
    const { fileType, base64 } = pictureOf()
    expect(fileType).toBe('PNG')
    const { width, isInk } = decodePng(Buffer.from(base64, 'base64'))
    expect(width).toBe(720)
    // Of the D that begins the title: the left stem, four dots wide and 28 high, below the heading.
    const top = 40 + 28 + 14 + 16
    for (let y = top; y < top + 28; y++) expect([isInk(40, y), isInk(43, y)]).toEqual([true, true])
    expect(isInk(39, top)).toBe(false)
  })

  it('shows every part: with another, it is another picture', () => {
    const others = [{ heading: 'X' }, { title: 'X' }, { lines: ['X'] }, { footer: 'X' }]
    const pictures = others.map((more) => pictureOf(more).base64)
    expect(new Set([...pictures, pictureOf().base64]).size).toBe(5)
  })

  it('grows with its text: nothing is cut off', () => {
    const long = pictureOf({ title: 'Lång benämning '.repeat(20) })
    const height = (picture: { base64: string }) =>
      decodePng(Buffer.from(picture.base64, 'base64')).height
    expect(height(long)).toBeGreaterThan(height(pictureOf()) + 300)
  })

  it('is an SVG, without script, where our letters do not suffice', () => {
    const { fileType, base64 } = pictureOf({ title: 'Δεδομένα <script>&"\u0000' })
    expect(fileType).toBe('SVG')
    const svg = Buffer.from(base64, 'base64').toString()
    expect(svg).toContain('Δεδομένα &lt;script&gt;&amp;&quot;</text>')
    expect(svg).toContain('Innehavare: Alva Exempelsson</text>')
    expect(svg).not.toContain('\u0000')
  })
})

describe('wrapping a text', () => {
  it('keeps every word in order, and each line within the limit', () => {
    const measure = (text: string) => Array.from(text).length
    fc.assert(
      fc.property(fc.lorem({ maxCount: 40 }), fc.integer({ min: 3, max: 40 }), (text, limit) => {
        const lines = wrapText(text, limit, measure)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(limit)
      }),
    )
  })

  it('parts a word that is too long, but no letter from its marks', () => {
    expect(wrapText('ko\u0308\u0308ping', 3, (text) => Array.from(text).length)).toEqual([
      'k',
      'o\u0308\u0308',
      'pin',
      'g',
    ])
  })
})
