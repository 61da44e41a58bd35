import type { VerifierContext } from '../context.ts'
import { describeRequest } from '../openid4vp/describe-request.ts'
import type { PagedRequest } from '../presentation-requests/page-access.ts'
import { readRequest } from '../presentation-requests/read-request.ts'
import { findWalletRequest } from '../presentation-requests/wallet-requests.ts'
import type { RequestPageView } from './schemas.ts'

/** What the page shows: how to answer as long as it is open, then what became of it. */
export async function describePage(
  context: VerifierContext,
  page: PagedRequest,
): Promise<RequestPageView> {
  const request = await readRequest(context, page)
  const base = { request, verifier: context.config.VERIFIER_NAME }
  const open = await findWalletRequest(context, page.secret)
  const identity = open && (await context.identities.find(open.signingKeyId))
  if (!identity) return base
  const { secrets, expiresAt } = open
  const { secret } = page
  const { requestUri: _inTheLink, ...shown } = await describeRequest(context, {
    secret,
    secrets,
    identity,
    expiresAt,
  })
  const isSameDevice = secrets.redirectUri !== undefined
  const qrCode = isSameDevice ? undefined : await drawQrCode(shown.authorizationRequest)
  return { ...base, ways: { ...shown, isSameDevice, ...(qrCode !== undefined && { qrCode }) } }
}

/** Undefined for what is too long for one. Loaded when a page is opened: other requests pay nothing for it. */
async function drawQrCode(text: string): Promise<string | undefined> {
  const { buildQrCode, writeQrSvg } = await import('@mikromerit/exchange/print')
  const code = await buildQrCode(text)
  return code && writeQrSvg(code)
}
