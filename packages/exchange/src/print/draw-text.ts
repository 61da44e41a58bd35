import { colours, type Pdf, page, textWidth } from './pdf-page.ts'
import type { PrintedText, PrintedTexts } from './printed-credential.ts'

type Struct = ReturnType<Pdf['struct']>

export interface TextStyle {
  readonly font: 'regular' | 'bold'
  readonly size: number
  readonly colour: string
  readonly x?: number
  readonly width?: number
  readonly tag?: 'P' | 'H1' | 'H2' | 'LBody' | 'Caption'
}

export const body: TextStyle = { font: 'regular', size: 9.5, colour: colours.text }

/** Writes one text below the last, wrapped and carried over to further pages, tagged with its language. */
export function drawText(
  pdf: Pdf,
  parent: Struct,
  { text, language }: PrintedText,
  style: TextStyle,
) {
  const { x = page.left, width = textWidth, tag = 'P' } = style
  const draw = () => {
    pdf.font(style.font).fontSize(style.size).fillColor(style.colour)
    pdf.text(text, x, pdf.y, { width, lineGap: 1.5 })
  }
  parent.add(pdf.struct(tag, language === undefined ? {} : { lang: language }, draw))
}

/** The same in both languages, the second one quieter. */
export function drawTexts(pdf: Pdf, parent: Struct, texts: PrintedTexts, style: TextStyle): void {
  for (const [index, text] of texts.entries())
    drawText(pdf, parent, text, index === 0 ? style : { ...style, colour: colours.quiet })
}

/** How high these texts become. */
export function measureTexts(pdf: Pdf, texts: PrintedTexts, style: TextStyle): number {
  pdf.font(style.font).fontSize(style.size)
  const width = style.width ?? textWidth
  return texts.reduce(
    (height, { text }) => height + pdf.heightOfString(text, { width, lineGap: 1.5 }),
    0,
  )
}

/** A section of the document's structure. What is drawn in it is added as it is drawn. */
export function openSection(pdf: Pdf, parent: Struct, tag: string): Struct {
  const section = pdf.struct(tag)
  parent.add(section)
  return section
}
