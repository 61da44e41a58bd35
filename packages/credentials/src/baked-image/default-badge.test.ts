import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { forgeOpenBadge } from '../../test/forged-vc.ts'
import { bakePng } from './bake-png.ts'
import { bakeSvg } from './bake-svg.ts'
import { drawDefaultBadge, drawDefaultBadgeSvg } from './default-badge.ts'
import { parsePng } from './png.ts'
import { readBakedImage } from './read-baked-image.ts'

/** RGBA of a pixel, with the rows added up. */
function pixelAt(image: Buffer, size: number, column: number, row: number): number[] {
  const chunks = parsePng(image)
  if (!chunks.ok) throw new Error(chunks.code)
  const rows = inflateSync(chunks.value[1]?.data ?? '')
  const pixel = [0, 0, 0, 0]
  for (let y = 0; y <= row; y++)
    for (let part = 0; part < 4; part++)
      pixel[part] =
        ((pixel[part] ?? 0) + (rows[y * (size * 4 + 1) + 1 + column * 4 + part] ?? 0)) & 255
  return pixel
}

describe('drawDefaultBadge', () => {
  const image = drawDefaultBadge({ seed: 'ri-se' })

  it('draws a small picture: clear corners, a coloured disc, a white tick', () => {
    expect(image.length).toBeLessThan(8 * 1024)
    expect(pixelAt(image, 256, 0, 0)).toEqual([0, 0, 0, 0])
    const [red = 255, , , alpha] = pixelAt(image, 256, 128, 40)
    expect(alpha).toBe(255)
    expect(red).toBeLessThan(200)
    expect(pixelAt(image, 256, 112, 170)).toEqual([255, 255, 255, 255])
  })

  it('is the same for the same seed, and differs in colour for some others', () => {
    expect(drawDefaultBadge({ seed: 'ri-se' })).toEqual(image)
    const colours = new Set(
      Array.from({ length: 20 }, (_, n) =>
        pixelAt(drawDefaultBadge({ seed: `${n}`, size: 32 }), 32, 16, 5).join(),
      ),
    )
    expect(colours.size).toBeGreaterThan(3)
  })

  it('holds a credential', () => {
    const jws = forgeOpenBadge()
    const baked = bakePng(image, jws)
    expect(baked.ok && readBakedImage(baked.value)).toMatchObject({ value: { text: jws } })
  })

  it.for([15, 1025, 20.5])('is never %d pixels wide', (size) => {
    expect(() => drawDefaultBadge({ seed: 'a', size })).toThrow(RangeError)
  })
})

describe('drawDefaultBadgeSvg', () => {
  it('shows a title as text, whatever is in it (S-32)', () => {
    const svg = drawDefaultBadgeSvg({ seed: 'a', title: '</title><script>&\0"' })
    expect(svg).toContain('<title>&#60;/title&#62;&#60;script&#62;&#38;&#34;</title>')
    expect(svg).not.toContain('<script')
  })

  it('holds a credential', () => {
    const jws = forgeOpenBadge()
    const svg = drawDefaultBadgeSvg({ seed: 'a', title: '<&>' })
    const baked = bakeSvg(Buffer.from(svg), jws)
    expect(baked.ok && readBakedImage(baked.value)).toMatchObject({ value: { text: jws } })
  })
})
