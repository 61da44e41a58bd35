import type { LocalisedText } from '@mikromerit/credentials'
import { drawHeading } from './draw-elements.ts'
import { body, drawText, drawTexts } from './draw-text.ts'
import { labels } from './labels.ts'
import { colours, keepTogether, type Pdf, page } from './pdf-page.ts'
import { printTexts } from './printed-credential.ts'
import { drawSquares, type QrCode, quietZone } from './qr-code.ts'

type Struct = ReturnType<Pdf['struct']>

/** The codes of one paper. */
export interface PrintedCodes {
  /** Leads to the verification page. */
  readonly page?: QrCode
  /** The signed credential itself. */
  readonly compact?: QrCode
}

const side = 148
const gap = 28
const captionHeight = 62

/** The codes beside each other, never torn from their captions. */
export function drawCodes(pdf: Pdf, parent: Struct, codes: PrintedCodes): void {
  const drawn = [
    ...(codes.page ? [{ code: codes.page, caption: labels.verifyPage }] : []),
    ...(codes.compact ? [{ code: codes.compact, caption: labels.verifyCompact }] : []),
  ]
  const height = drawn.length > 0 ? side + captionHeight : 0
  keepTogether(pdf, height + 80)
  drawHeading(pdf, parent, labels.verify)
  const top = pdf.y + 2
  for (const [index, { code, caption }] of drawn.entries()) {
    const x = page.left + index * (side + gap)
    drawCode(pdf, parent, { code, caption, x, y: top })
    pdf.y = top + side + 4
    drawTexts(pdf, parent, printTexts(caption), {
      ...body,
      size: 7.5,
      x,
      width: side,
      tag: 'Caption',
    })
  }
  if (drawn.length > 0) pdf.y = top + height
  const notice = drawn.length > 0 ? labels.compare : labels.unsigned
  for (const text of printTexts(notice)) drawText(pdf, parent, text, { ...body, size: 8.5 })
}

function drawCode(
  pdf: Pdf,
  parent: Struct,
  { code, caption, x, y }: { code: QrCode; caption: LocalisedText; x: number; y: number },
): void {
  const unit = side / (code.size + 2 * quietZone)
  const draw = () => {
    pdf.save()
    pdf.translate(x + quietZone * unit, y + quietZone * unit).scale(unit)
    pdf.path(drawSquares(code)).fill('#000000')
    pdf.restore()
    pdf.fillColor(colours.text)
  }
  const alt = `QR: ${caption.sv} ${caption.en}`
  // The declarations leave out the box, which PDF/UA wants of a figure.
  const options = { alt, bbox: [x, y, x + side, y + side] }
  parent.add(pdf.struct('Figure', options, draw))
}
