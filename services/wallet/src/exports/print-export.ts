import { Problem } from '@mikromerit/service-kit'
import { normaliseCredential } from '../claims/normalise-credential.ts'
import type { OpenCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'

/** Loaded when somebody prints: the writer and its fonts stay out of every start. */
const loadPrinter = () => import('@mikromerit/exchange/print')

/** The learner's own copy on paper; with a link, a code opens it on the verification page. */
export async function printPdf(
  { clock, config }: WalletContext,
  opened: OpenCredential,
  shareUrl: string | undefined,
): Promise<Buffer> {
  const microCredential = normaliseCredential(opened)
  if (!microCredential) throw new Problem('export-not-held')
  const { printMicroCredential, writePdf } = await loadPrinter()
  return writePdf({
    printed: printMicroCredential(microCredential),
    ...(shareUrl !== undefined && { verificationUrl: leadTo(config, shareUrl) }),
    createdAt: clock.now(),
  })
}

/** The link as a code that opens the verification page. */
export async function printQr(
  { config }: WalletContext,
  shareUrl: string | undefined,
): Promise<string> {
  if (shareUrl === undefined) throw new Problem('export-needs-share')
  const { buildQrCode, writeQrSvg } = await loadPrinter()
  const code = await buildQrCode(leadTo(config, shareUrl))
  if (!code) throw new Error('A link is longer than a code can be.')
  return writeQrSvg(code)
}

const leadTo = ({ VERIFICATION_PAGE_URL }: WalletContext['config'], shareUrl: string) =>
  `${VERIFICATION_PAGE_URL}#${encodeURIComponent(shareUrl)}`
