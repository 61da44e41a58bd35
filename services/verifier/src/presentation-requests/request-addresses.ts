import { encodeBase64url, takeRandomBytes } from '@mikromerit/credentials'

/** 256 bits, URL-safe. */
export const createSecret = (): string => encodeBase64url(takeRandomBytes(32))

export const requestUriOf = (publicUrl: string, secret: string): string =>
  `${publicUrl}/openid4vp/requests/${secret}`

export const responseUriOf = (publicUrl: string, secret: string): string =>
  `${publicUrl}/openid4vp/responses/${secret}`
