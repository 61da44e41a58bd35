import { drawCodes } from './draw-codes.ts'
import { drawElements, drawHeading, drawList } from './draw-elements.ts'
import { body, drawText, drawTexts, openSection } from './draw-text.ts'
import { fitToPaper } from './fit-to-paper.ts'
import { loadFonts } from './fonts.ts'
import { labels } from './labels.ts'
import { collect, colours, openPdf, type Pdf, page, textWidth } from './pdf-page.ts'
import { type PrintedCredential, printTexts } from './printed-credential.ts'
import { buildQrCode } from './qr-code.ts'

type Struct = ReturnType<Pdf['struct']>

export interface PdfExport {
  readonly printed: PrintedCredential
  /** What the first code opens: the verification page, with what it shall check. */
  readonly verificationUrl?: string
  /** The signed compact credential of the second code. */
  readonly compact?: string
  readonly createdAt: Date
}

/**
 * A credential on paper, in Swedish and English: A4, tagged, with its fonts, and two codes to check it by. The same
 * input gives the same bytes.
 */
export async function writePdf({
  printed: given,
  verificationUrl,
  compact,
  createdAt,
}: PdfExport): Promise<Buffer> {
  const printed = fitToPaper(given)
  const [verification, signed] = await Promise.all(
    [verificationUrl, compact].map((text) => (text === undefined ? undefined : buildQrCode(text))),
  )
  const pdf = await openPdf(await loadFonts(), {
    title: printed.title[0]?.text ?? labels.kind.sv,
    author: printed.issuer[0]?.text ?? '',
    createdAt,
  })
  const bytes = collect(pdf)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  drawHead(pdf, root, printed)
  drawElements(pdf, root, printed.elements)
  if (printed.outcomes.length > 0) {
    drawHeading(pdf, root, labels.outcomes)
    drawList(pdf, root, printed.outcomes)
  }
  if (printed.details.length > 0) pdf.y += 10
  drawElements(pdf, root, printed.details)
  drawCodes(pdf, root, {
    ...(verification && { page: verification }),
    ...(signed && { compact: signed }),
  })
  root.end()
  drawFeet(pdf, printed)
  pdf.end()
  return bytes
}

function drawHead(pdf: Pdf, root: Struct, printed: PrintedCredential): void {
  const head = openSection(pdf, root, 'Sect')
  drawTexts(pdf, head, printed.issuer, {
    ...body,
    font: 'bold',
    size: 12,
    colour: colours.accent,
  })
  pdf.y += 14
  drawText(pdf, head, joined(labels.kind), { ...body, colour: colours.quiet })
  const [title, ...translations] = printed.title
  if (title) drawText(pdf, head, title, { ...body, font: 'bold', size: 20, tag: 'H1' })
  for (const text of translations)
    drawText(pdf, head, text, { ...body, size: 13, colour: colours.quiet })
  pdf.y += 10
  drawAward(pdf, head, printed)
  for (const notice of printed.notices) {
    pdf.y += 6
    drawTexts(pdf, head, printTexts(notice), { ...body, size: 8.5 })
  }
  head.end()
  pdf.y += 12
}

function drawAward(
  pdf: Pdf,
  head: Struct,
  { learner, awardedOn, validUntil }: PrintedCredential,
): void {
  if (learner !== '') {
    drawText(pdf, head, joined(labels.awardedTo), { ...body, colour: colours.quiet })
    drawText(pdf, head, { text: learner }, { ...body, font: 'bold', size: 15 })
    pdf.y += 4
  }
  for (const [label, day] of [
    [labels.awardedOn, awardedOn],
    [labels.validUntil, validUntil],
  ] as const) {
    if (day === undefined) continue
    const { text } = joined(label)
    drawText(pdf, head, { text: `${text}: ${day}`, language: 'sv' }, body)
  }
}

const joined = ({ sv, en }: { sv: string; en: string }) => ({
  text: `${sv} · ${en}`,
  language: 'sv',
})

/** On every page whose it is and which of how many: sheets get apart. */
function drawFeet(pdf: Pdf, { title, learner, reference }: PrintedCredential): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(start + index)
    // Below the margin the text would open a page of its own.
    pdf.page.margins.bottom = 0
    pdf.markContent('Artifact', { type: 'Pagination' })
    pdf.font('regular').fontSize(7.5).fillColor(colours.quiet)
    const y = page.height - 46
    const options = { width: textWidth, lineBreak: false, ellipsis: true, height: 10 }
    pdf.text(shorten([title[0]?.text, learner].filter(Boolean).join(' · ')), page.left, y, options)
    const number = `${labels.page.sv} / ${labels.page.en} ${index + 1} (${count})`
    pdf.text([reference, number].filter(Boolean).join(' · '), page.left, y + 12, options)
    pdf.endMarkedContent()
  }
}

/** Only in the foot: the whole title stands at the head of the first page. */
const shorten = (text: string) =>
  text.length > 100 ? `${text.slice(0, 99).toWellFormed()}…` : text
