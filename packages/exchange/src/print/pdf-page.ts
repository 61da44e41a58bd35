import type PDFKit from 'pdfkit'
import type { Fonts } from './fonts.ts'

export type Pdf = InstanceType<typeof PDFKit>

/** A4 in points, and what is printed on. */
export const page = { width: 595.28, height: 841.89, left: 56, right: 56, top: 56, bottom: 72 }
export const textWidth = page.width - page.left - page.right
export const colours = { text: '#1a1a1a', quiet: '#5b6470', accent: '#1f4e79', line: '#c9d1da' }

export interface PdfOptions {
  readonly title: string
  readonly author: string
  readonly createdAt: Date
}

/** An empty document that says its language and title and is tagged for those who listen (PDF/UA-1, ISO 14289-1). */
export async function openPdf(fonts: Fonts, options: PdfOptions): Promise<Pdf> {
  // Loaded when the first page is wanted: a service that prints nothing does not pay for it.
  const { default: PdfDocument } = await import('pdfkit')
  const { title, author, createdAt } = options
  const pdf = new PdfDocument({
    size: [page.width, page.height],
    margins: { top: page.top, bottom: page.bottom, left: page.left, right: page.right },
    // The declarations know paths only; the library takes the font itself, and then needs no font of its own.
    font: fonts.regular as unknown as string,
    pdfVersion: '1.7',
    // The declarations know only the subsets for archives.
    subset: 'PDF/UA' as 'PDF/A-1',
    tagged: true,
    lang: 'sv',
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: title,
      Author: author,
      Producer: 'Mikromerit',
      Creator: 'Mikromerit',
      CreationDate: createdAt,
    },
  })
  pdf.registerFont('regular', fonts.regular)
  pdf.registerFont('bold', fonts.bold)
  return pdf
}

/** The document's bytes; to be called before it is ended. */
export const collect = (pdf: Pdf): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })

/** Goes on to the next page when less than this is left of the present one. */
export function keepTogether(pdf: Pdf, height: number): void {
  if (pdf.y + height > page.height - page.bottom) pdf.addPage()
}
