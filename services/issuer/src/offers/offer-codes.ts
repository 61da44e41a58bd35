import { timingSafeEqual } from 'node:crypto'
import type { Mac } from '@mikromerit/service-kit'

/**
 * Secrets of an offer that need no storage: `<offer id><keyed MAC>` in base64url. Recomputing the MAC
 * tells a real one from a forged one before the database is asked, and a stolen table opens nothing.
 */
export interface OfferCodes {
  build(organisationId: string, offerId: string): string
  /** The offer's id when the code is ours and of this organisation, else undefined. */
  read(organisationId: string, code: string): string | undefined
}

const idBytes = 16
// 192 bits: far beyond guessing (S-17), short enough for a QR code.
const macBytes = 24
const codeLength = Math.ceil(((idBytes + macBytes) * 4) / 3)

/** @param mac a keyed hash of this purpose alone: an offer's address is no pre-authorized code */
export function createOfferCodes(mac: Mac): OfferCodes {
  const authenticate = (organisationId: string, offerId: string) =>
    mac.digest(`${organisationId}/${offerId}`).subarray(0, macBytes)
  return {
    build: (organisationId, offerId) =>
      Buffer.concat([parseUuid(offerId), authenticate(organisationId, offerId)]).toString(
        'base64url',
      ),
    read(organisationId, code) {
      if (code.length !== codeLength) return undefined
      const bytes = Buffer.from(code, 'base64url')
      // Decoding is lenient; only the one canonical spelling is the code.
      if (bytes.toString('base64url') !== code) return undefined
      const offerId = formatUuid(bytes.subarray(0, idBytes))
      const genuine = timingSafeEqual(
        bytes.subarray(idBytes),
        authenticate(organisationId, offerId),
      )
      return genuine ? offerId : undefined
    },
  }
}

const parseUuid = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')

function formatUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
