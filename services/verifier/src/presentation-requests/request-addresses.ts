import { createHash } from 'node:crypto'
import { encodeBase64url, takeRandomBytes } from '@mikromerit/credentials'

/** 256 bits, URL-safe. */
export const createSecret = (): string => encodeBase64url(takeRandomBytes(32))

export const requestUriOf = (publicUrl: string, secret: string): string =>
  `${publicUrl}/openid4vp/requests/${secret}`

export const responseUriOf = (publicUrl: string, secret: string): string =>
  `${publicUrl}/openid4vp/responses/${secret}`

/**
 * The secret in the wallet's addresses, from the one in the address of the page: whoever has the page can
 * show the request, and no wallet learns where the page is (V-11).
 */
export const deriveWalletSecret = (pageSecret: string): string =>
  createHash('sha256').update(`wallet secret of page ${pageSecret}`).digest('base64url')

export const pageUriOf = (publicUrl: string, pageSecret: string): string =>
  `${publicUrl}/request/${pageSecret}`
