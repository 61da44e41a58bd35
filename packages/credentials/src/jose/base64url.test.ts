import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64url, decodeBase64urlText, encodeBase64url } from './base64url.ts'

describe('base64url (F-16)', () => {
  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64url(encodeBase64url(bytes))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('reads any text in one way only', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const bytes = decodeBase64url(text)
        if (bytes) expect(encodeBase64url(bytes)).toBe(text)
      }),
    )
  })

  it.for([
    ['padding', 'YQ=='],
    ['the alphabet of base64', '+/+/'],
    ['white space', 'YW Jj'],
    ['a line break at the end', 'YWJj\n'],
    ['trailing bits that are not zero', 'YR'],
    ['a length that nothing encodes to', 'YWJjZ'],
    ['a foreign character', 'YW*j'],
  ])('refuses %s', ([, text = '']) => {
    expect(decodeBase64url(text)).toBeUndefined()
  })

  it('refuses bytes that are no UTF-8 instead of replacing them', () => {
    expect(decodeBase64urlText(encodeBase64url(Buffer.from([0x22, 0xff, 0x22])))).toBeUndefined()
    expect(decodeBase64urlText(encodeBase64url('"Åsa"'))).toBe('"Åsa"')
  })
})
