/** One line of text and how large it is drawn. */
export interface Line {
  readonly text: string
  readonly scale: number
}

const lineHeight = 14
const margin = 40

/** The lines as an SVG picture: text only, no script, nothing from elsewhere. */
export function drawSvg(lines: readonly Line[], width: number): string {
  let top = margin
  const texts = lines.map(({ text, scale }) => {
    top += lineHeight * scale
    const size = 9 * scale
    if (text === '') return ''
    return `<text x="${margin}" y="${top - 3 * scale}" font-size="${size}">${escapeXml(text)}</text>`
  })
  const height = top + margin
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect x="10" y="10" width="${width - 20}" height="${height - 20}" fill="#fff" stroke="#102a5c" stroke-width="4"/>` +
    `<g fill="#102a5c" font-family="sans-serif">${texts.join('')}</g></svg>`
  )
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** XML has no place for most control characters: they are left out, since they show nothing. */
const escapeXml = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character)
