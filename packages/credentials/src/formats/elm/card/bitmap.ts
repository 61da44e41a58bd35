import { findGlyphs, type Glyph } from './bitmap-font.ts'

/** A picture of two colours, one bit per dot, rows padded to whole bytes. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly bytesPerRow: number
  readonly bytes: Uint8Array
}

export function createBitmap(width: number, height: number): Bitmap {
  const bytesPerRow = Math.ceil(width / 8)
  return { width, height, bytesPerRow, bytes: new Uint8Array(bytesPerRow * height) }
}

/** Colours a rectangle; what lies outside the bitmap is left out. */
export function fillRectangle(
  bitmap: Bitmap,
  left: number,
  top: number,
  size: { readonly width: number; readonly height: number },
): void {
  const right = Math.min(left + size.width, bitmap.width)
  const bottom = Math.min(top + size.height, bitmap.height)
  for (let y = Math.max(top, 0); y < bottom; y++) {
    const row = y * bitmap.bytesPerRow
    for (let x = Math.max(left, 0); x < right; x++) {
      const at = row + (x >> 3)
      bitmap.bytes[at] = (bitmap.bytes[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
}

const gap = 1

/** How wide a text is, in dots of the font; undefined when the font lacks one of its characters. */
export const measureText = (text: string): number | undefined =>
  findGlyphs(text)?.reduce((sum, { width }) => sum + width + gap, 0)

/** Draws a text whose capitals start at `top`, each dot of the font as a square of `scale` dots. */
export function drawText(
  bitmap: Bitmap,
  text: string,
  { left, top, scale }: { readonly left: number; readonly top: number; readonly scale: number },
): void {
  let x = left
  for (const glyph of findGlyphs(text) ?? []) {
    drawGlyph(bitmap, glyph, { left: x, top, scale })
    x += (glyph.width + gap) * scale
  }
}

function drawGlyph(
  bitmap: Bitmap,
  glyph: Glyph,
  { left, top, scale }: { left: number; top: number; scale: number },
): void {
  const dot = { width: scale, height: scale }
  for (const part of glyph.parts) {
    for (const [row, dots] of part.rows.entries()) {
      for (let column = 0; column < 5; column++) {
        if ((dots & (16 >> column)) === 0) continue
        fillRectangle(bitmap, left + column * scale, top + (part.top + row) * scale, dot)
      }
    }
  }
}
