import { createBitmap, drawText, fillRectangle, measureText } from './bitmap.ts'
import { type Colour, encodePng } from './png.ts'
import { drawSvg, type Line } from './svg.ts'
import { wrapText } from './wrap-text.ts'

/** What a picture of a credential shows: everything on it is said by the credential too. */
export interface Card {
  readonly heading: string
  readonly title: string
  readonly lines: readonly string[]
  readonly footer: string
}

export interface Picture {
  readonly fileType: 'PNG' | 'SVG'
  readonly base64: string
}

const width = 720
const margin = 40
const white: Colour = [255, 255, 255]
const ink: Colour = [16, 42, 92]

/** Rows of a line in dots of the font: four for marks over capitals, seven, two below, and one between lines. */
const lineRows = 14
const rowsOverCapitals = 4

/**
 * Draws a card as PNG. Where our font lacks a character, as SVG, whose reader brings the letters: a picture with
 * wrong or missing letters would not be truthful. Long texts wrap; nothing is cut off.
 */
export function drawCard(card: Card): Picture {
  const lines = layOut(card)
  if (lines.some(({ text }) => measureText(text) === undefined)) {
    return { fileType: 'SVG', base64: Buffer.from(drawSvg(lines, width)).toString('base64') }
  }
  const height = 2 * margin + lines.reduce((sum, { scale }) => sum + lineRows * scale, 0)
  const bitmap = createBitmap(width, height)
  drawFrame(bitmap)
  let top = margin
  for (const { text, scale } of lines) {
    drawText(bitmap, text, { left: margin, top: top + rowsOverCapitals * scale, scale })
    top += lineRows * scale
  }
  return { fileType: 'PNG', base64: encodePng(bitmap, white, ink).toString('base64') }
}

/** Widths in dots of the font; a letter our font lacks is taken to be as wide as the widest it has. */
const measure = (text: string) => measureText(text) ?? 6 * Array.from(text).length

function layOut({ heading, title, lines, footer }: Card): Line[] {
  const wrap = (text: string, scale: number): Line[] =>
    wrapText(text, Math.floor((width - 2 * margin) / scale), measure).map((part) => ({
      text: part,
      scale,
    }))
  const blank = { text: '', scale: 1 }
  return [
    ...wrap(heading, 2),
    blank,
    ...wrap(title, 4),
    blank,
    ...lines.flatMap((line) => wrap(line, 2)),
    blank,
    ...wrap(footer, 2),
  ]
}

function drawFrame(bitmap: ReturnType<typeof createBitmap>): void {
  const [thick, inset] = [4, 8]
  const { height } = bitmap
  const long = { width: width - 2 * inset, height: thick }
  const tall = { width: thick, height: height - 2 * inset }
  fillRectangle(bitmap, inset, inset, long)
  fillRectangle(bitmap, inset, height - inset - thick, long)
  fillRectangle(bitmap, inset, inset, tall)
  fillRectangle(bitmap, width - inset - thick, inset, tall)
}
