import type { LocalisedText } from '@mikromerit/credentials'
import { body, drawText, drawTexts, measureTexts, openSection } from './draw-text.ts'
import { colours, keepTogether, type Pdf, page, textWidth } from './pdf-page.ts'
import { type PrintedElement, type PrintedTexts, printTexts } from './printed-credential.ts'

type Struct = ReturnType<Pdf['struct']>

const labelWidth = 150
const gap = 16
const valueX = page.left + labelWidth + gap
const valueWidth = textWidth - labelWidth - gap
const label = { ...body, size: 8.5, width: labelWidth }
const value = { ...body, x: valueX, width: valueWidth }

export function drawHeading(pdf: Pdf, parent: Struct, text: LocalisedText): void {
  // A heading is never the last line of a page.
  keepTogether(pdf, 64)
  pdf.y += 10
  const [sv, en] = [text.sv, text.en]
  const line = { text: sv === en ? sv : `${sv} · ${en}`, language: 'sv' }
  drawText(pdf, parent, line, {
    font: 'bold',
    size: 11,
    colour: colours.accent,
    tag: 'H2',
  })
  pdf.y += 3
}

/** Elements in two columns: what it is called, and what is said of it. */
export function drawElements(pdf: Pdf, parent: Struct, elements: readonly PrintedElement[]): void {
  for (const element of elements) drawElement(pdf, parent, element)
}

function drawElement(pdf: Pdf, parent: Struct, element: PrintedElement): void {
  const names = printTexts(element.label)
  const labelHeight = measureTexts(pdf, names, label)
  const valueHeight = element.values.reduce(
    (height, texts) => height + measureTexts(pdf, texts, value),
    0,
  )
  // A long text begins where it stands and goes on overleaf; a short one is not torn apart.
  keepTogether(pdf, Math.min(Math.max(labelHeight, valueHeight), 90) + 8)
  drawLine(pdf)
  const top = pdf.y
  const row = openSection(pdf, parent, 'Sect')
  drawTexts(pdf, row, names, label)
  const below = pdf.y
  pdf.y = top
  const pageBefore = pdf.bufferedPageRange().count
  for (const texts of element.values) drawTexts(pdf, row, texts, value)
  const isTorn = pdf.bufferedPageRange().count > pageBefore
  pdf.y = (isTorn ? pdf.y : Math.max(pdf.y, below)) + 4
  row.end()
}

/** Lines and colours say nothing to those who listen: artifacts (ISO 14289-1 7.1). */
function drawLine(pdf: Pdf): void {
  pdf.markContent('Artifact', { type: 'Layout' })
  pdf
    .moveTo(page.left, pdf.y)
    .lineTo(page.left + textWidth, pdf.y)
    .lineWidth(0.5)
    .strokeColor(colours.line)
    .stroke()
  pdf.endMarkedContent()
  pdf.y += 4
}

/** A list with marks. */
export function drawList(pdf: Pdf, parent: Struct, items: readonly PrintedTexts[]): void {
  const list = openSection(pdf, parent, 'L')
  for (const texts of items) {
    keepTogether(pdf, Math.min(measureTexts(pdf, texts, body), 60) + 4)
    const item = openSection(pdf, list, 'LI')
    const top = pdf.y
    drawText(pdf, item, { text: '•' }, { ...body, colour: colours.accent })
    pdf.y = top
    drawTexts(pdf, item, texts, {
      ...body,
      x: page.left + 14,
      width: textWidth - 14,
      tag: 'LBody',
    })
    item.end()
    pdf.y += 3
  }
  list.end()
}
