import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOfferCodes } from './offer-codes.ts'

const macOf = (secret: string) => {
  const digest = (text: string) => createHmac('sha256', secret).update(text).digest()
  return { digest, verify: (text: string, expected: Buffer) => digest(text).equals(expected) }
}
const codes = createOfferCodes(macOf('pre-authorized codes'))
const offerId = '0190c1a2-0000-7000-8000-0000000000f1'

describe('offer codes', () => {
  it('read back the offer they were built for', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), (id, organisation) => {
        expect(codes.read(organisation, codes.build(organisation, id))).toBe(id)
      }),
    )
  })

  it('are refused after any change of a character', () => {
    const code = codes.build('ri-se', offerId)
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom(...'ABCXYZabcxyz019-_'), (at, char) => {
        fc.pre(code[at] !== char)
        expect(codes.read('ri-se', code.slice(0, at) + char + code.slice(at + 1))).toBeUndefined()
      }),
    )
  })

  it('are refused for another organisation', () => {
    expect(codes.read('other', codes.build('ri-se', offerId))).toBeUndefined()
  })

  it('are refused for another purpose', () => {
    const references = createOfferCodes(macOf('references'))
    expect(codes.read('ri-se', references.build('ri-se', offerId))).toBeUndefined()
  })

  it.each(['', 'x', '.'.repeat(54), 'A'.repeat(54), 'A'.repeat(5000)])(
    'are refused when made up',
    (code) => {
      expect(codes.read('ri-se', code)).toBeUndefined()
    },
  )
})
