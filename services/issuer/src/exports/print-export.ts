import { buildAchievementUrl } from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import type { Exportable } from './exportable.ts'

/** Loaded when somebody prints: the writer and its fonts stay out of every start. */
const loadPrinter = () => import('@mikromerit/exchange/print')

/** A printable credential with two codes: to the verification page, and signed, for where there is no network. */
export async function printPdf({ runtime, issuer, record, sign }: Exportable): Promise<Buffer> {
  const [{ buildQrCode, printAward, writePdf }, compact] = await Promise.all([
    loadPrinter(),
    sign('compact'),
  ])
  const page = runtime.config.VERIFICATION_PAGE_URL
  const withCredential = `${page}#${encodeURIComponent(compact)}`
  // Where a code cannot hold the credential too, it opens the page, and the other code is shown to it.
  const isShort = (await buildQrCode(withCredential)) !== undefined
  return writePdf({
    printed: printAward(record, buildAchievementUrl(record, issuer.identifier)),
    verificationUrl: isShort ? withCredential : page,
    compact,
    createdAt: runtime.clock.now(),
  })
}

/** The signed compact credential as a QR code. */
export async function printQr({ sign }: Exportable): Promise<string> {
  const [{ buildQrCode, writeQrSvg }, compact] = await Promise.all([loadPrinter(), sign('compact')])
  const code = await buildQrCode(compact)
  if (!code) throw new Problem('export-unprintable')
  return writeQrSvg(code)
}
