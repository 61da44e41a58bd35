import { type Bitmap, createBitmap, drawText, fillRectangle, measureText } from './bitmap.ts'
import { type Band, type Colour, encodeBand, encodePng } from './png.ts'
import { drawSvg, type Line } from './svg.ts'
import { wrapText } from './wrap-text.ts'

/** What a picture of a credential shows: everything on it is said by the credential too. */
export interface Card {
  readonly heading: string
  readonly title: string
  /** Names the learner: nothing of it is kept. */
  readonly holder: string
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
  const bands = [edges.top, ...lines.map(findBand), edges.bottom]
  return { fileType: 'PNG', base64: encodePng(width, bands, [white, ink]).toString('base64') }
}

/** Lines recur from one award to the next, drawn and compressed they are kept for a while; not that of the holder. */
const knownBands = new Map<string, Band>()
const maxKnownBands = 500

function findBand(line: CardLine): Band {
  if (line.isOfHolder) return drawBand(line)
  const name = `${line.scale} ${line.text}`
  const known = knownBands.get(name)
  if (known) return known
  const band = drawBand(line)
  knownBands.set(name, band)
  const oldest = knownBands.keys().next()
  if (knownBands.size > maxKnownBands && !oldest.done) knownBands.delete(oldest.value)
  return band
}

function drawBand(line: Line): Band {
  const bitmap = createBitmap(width, lineRows * line.scale)
  drawText(bitmap, line.text, {
    left: margin,
    top: rowsOverCapitals * line.scale,
    scale: line.scale,
  })
  return drawSides(bitmap)
}

interface CardLine extends Line {
  readonly isOfHolder?: boolean
}

/** Widths in dots of the font; a letter our font lacks is taken to be as wide as the widest it has. */
const measure = (text: string) => measureText(text) ?? 6 * Array.from(text).length

function layOut({ heading, title, holder, lines, footer }: Card): CardLine[] {
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
    ...wrap(holder, 2).map((line) => ({ ...line, isOfHolder: true })),
    ...lines.flatMap((line) => wrap(line, 2)),
    blank,
    ...wrap(footer, 2),
  ]
}

const frame = { thick: 4, inset: 8 }

/** The sides of the frame, over all of a band's rows but those outside the frame. */
function drawSides(bitmap: Bitmap, from = 0, to = bitmap.height): Band {
  const side = { width: frame.thick, height: to - from }
  fillRectangle(bitmap, frame.inset, from, side)
  fillRectangle(bitmap, width - frame.inset - frame.thick, from, side)
  return encodeBand(bitmap)
}

function drawEdge(edge: 'top' | 'bottom'): Band {
  const { thick, inset } = frame
  const bitmap = createBitmap(width, margin)
  const top = edge === 'top' ? inset : margin - inset - thick
  fillRectangle(bitmap, inset, top, { width: width - 2 * inset, height: thick })
  return edge === 'top' ? drawSides(bitmap, inset) : drawSides(bitmap, 0, margin - inset)
}

const edges = { top: drawEdge('top'), bottom: drawEdge('bottom') }
