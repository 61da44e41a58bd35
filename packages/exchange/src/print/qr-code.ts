/** The squares of a QR code, row by row; true is dark. */
export interface QrCode {
  readonly size: number
  readonly version: number
  isDark(row: number, column: number): boolean
}

/** Denser codes than this are not read from paper. */
const maxPrintedVersion = 27

/** ISO/IEC 18004 6.3.8: light on all sides. */
export const quietZone = 4

/** A QR code of error level M that can be read from paper; undefined when the text is too long for one. */
export async function buildQrCode(text: string): Promise<QrCode | undefined> {
  const { create } = await loadWriter()
  try {
    const { modules, version } = create(text, { errorCorrectionLevel: 'M' })
    if (version > maxPrintedVersion) return undefined
    const { size } = modules
    return { size, version, isDark: (row, column) => modules.get(row, column) === 1 }
  } catch {
    // It fits into no QR code at all.
    return undefined
  }
}

/** The dark squares as path of an SVG or a PDF, one unit per square, row by row. */
export function drawSquares({ size, isDark }: QrCode): string {
  const parts: string[] = []
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!isDark(row, column)) continue
      const from = column
      while (column + 1 < size && isDark(row, column + 1)) column += 1
      const width = column + 1 - from
      parts.push(`M${from} ${row}h${width}v1h-${width}z`)
    }
  }
  return parts.join('')
}

/** A QR code as SVG, with its quiet zone. */
export function writeQrSvg(code: QrCode): string {
  const side = code.size + 2 * quietZone
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 4}" height="${side * 4}" role="img" shape-rendering="crispEdges">`,
    '<title>QR</title>',
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/>`,
    `<path fill="#000" transform="translate(${quietZone} ${quietZone})" d="${drawSquares(code)}"/>`,
    '</svg>',
  ].join('')
}

/** Loaded when the first code is wanted: a service that prints nothing does not pay for it. */
const loadWriter = async () => (await import('qrcode')).default
