import { createHash } from 'node:crypto'
import { svgNamespace } from './bake-svg.ts'
import { encodePng } from './png.ts'

/** Colours in which white is easy to read (WCAG 2.2, 1.4.3: at least 4.5 to 1). */
const colours = [
  [0x1f, 0x4e, 0x79],
  [0x7a, 0x1f, 0x5c],
  [0x1e, 0x6b, 0x45],
  [0x8a, 0x3b, 0x12],
  [0x4a, 0x2f, 0x8f],
  [0x0f, 0x5f, 0x6b],
  [0x7d, 0x22, 0x30],
  [0x3d, 0x4f, 0x1f],
] as const
type Colour = (typeof colours)[number]

/** A disc with a ring and a tick, in units of the picture's side. */
const disc = { radius: 0.48, ring: [0.4, 0.425] } as const
const tick = { points: [0.29, 0.52, 0.44, 0.67, 0.72, 0.36], width: 0.075 } as const

export interface DefaultBadgeOptions {
  /** What the colour follows from: the same seed, the same picture. */
  readonly seed: string
  /** Side in pixels. Default 256, between 16 and 1024. */
  readonly size?: number
}

/**
 * A picture for badges that have none of their own, as PNG of RGBA.
 * @throws RangeError for a size out of bounds.
 */
export function drawDefaultBadge({ seed, size = 256 }: DefaultBadgeOptions): Buffer {
  if (!Number.isInteger(size) || size < 16 || size > 1024)
    throw new RangeError('A badge has between 16 and 1024 pixels a side.')
  const colour = chooseColour(seed)
  const pixels = new Uint8Array(size * size * 4)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      pixels.set(shade(column, row, size, colour), (row * size + column) * 4)
    }
  }
  return encodePng(size, size, pixels)
}

/** The same picture as SVG. The title is for those who do not see it. */
export function drawDefaultBadgeSvg({
  seed,
  title,
}: {
  readonly seed: string
  readonly title: string
}): string {
  const [x1, y1, x2, y2, x3, y3] = tick.points.map((unit) => unit * 100)
  const [inner, outer] = disc.ring
  const fill = `#${chooseColour(seed)
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`
  const stroke = 'fill="none" stroke="#fff"'
  return [
    `<svg xmlns="${svgNamespace}" viewBox="0 0 100 100" width="256" height="256" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<circle cx="50" cy="50" r="${disc.radius * 100}" fill="${fill}"/>`,
    `<circle cx="50" cy="50" r="${(inner + outer) * 50}" ${stroke} stroke-width="${((outer - inner) * 100).toFixed(1)}"/>`,
    `<polyline points="${x1},${y1} ${x2},${y2} ${x3},${y3}" ${stroke} stroke-width="${tick.width * 100}" stroke-linecap="round" stroke-linejoin="round"/>`,
    '</svg>',
    '',
  ].join('\n')
}

function chooseColour(seed: string): Colour {
  const [first = 0] = createHash('sha256').update(seed).digest()
  return colours[first % colours.length] ?? colours[0]
}

const samples = [1 / 6, 3 / 6, 5 / 6]

/** One pixel from nine samples, where an edge may run through it: edges become smooth. */
function shade(column: number, row: number, size: number, [red, green, blue]: Colour): number[] {
  const fromCentre = Math.hypot((column + 0.5) / size - 0.5, (row + 0.5) / size - 0.5)
  if (fromCentre > disc.radius + 1 / size) return [0, 0, 0, 0]
  let covered = 0
  let white = 0
  for (const dy of samples) {
    for (const dx of samples) {
      const layer = layerAt((column + dx) / size, (row + dy) / size)
      if (layer !== 'none') covered++
      if (layer === 'white') white++
    }
  }
  if (covered === 0) return [0, 0, 0, 0]
  const mix = (part: number) => Math.round(part + ((255 - part) * white) / covered)
  return [mix(red), mix(green), mix(blue), Math.round((255 * covered) / 9)]
}

function layerAt(x: number, y: number): 'none' | 'colour' | 'white' {
  const fromCentre = Math.hypot(x - 0.5, y - 0.5)
  if (fromCentre > disc.radius) return 'none'
  const isOnRing = fromCentre >= disc.ring[0] && fromCentre <= disc.ring[1]
  return isOnRing || isOnTick(x, y) ? 'white' : 'colour'
}

function isOnTick(x: number, y: number): boolean {
  const [x1, y1, x2, y2, x3, y3] = tick.points
  const reach = tick.width / 2
  return (
    distanceToSegment(x - x1, y - y1, x2 - x1, y2 - y1) <= reach ||
    distanceToSegment(x - x2, y - y2, x3 - x2, y3 - y2) <= reach
  )
}

/** From a point to a segment, both seen from where the segment begins. */
function distanceToSegment(x: number, y: number, toX: number, toY: number): number {
  const along = (x * toX + y * toY) / (toX * toX + toY * toY)
  const nearest = Math.min(Math.max(along, 0), 1)
  return Math.hypot(x - nearest * toX, y - nearest * toY)
}

/** Characters that XML forbids are left out; the others are shown as they are. */
const escapeXml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
