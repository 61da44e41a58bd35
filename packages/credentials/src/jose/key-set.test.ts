import { describe, expect, it } from 'vitest'
import { findIssuerKeys } from './key-set.ts'
import { generateSigningKey } from './signer.ts'

const at = new Date('2026-06-01T00:00:00Z')
const aKey = (kid: string, period: { notBefore?: Date; notAfter?: Date } = {}) => ({
  kid,
  publicJwk: generateSigningKey().publicJwk,
  ...period,
})

describe('findIssuerKeys', () => {
  it('finds a key by its kid, and all when the token names none', () => {
    const keys = [aKey('one'), aKey('two')]
    expect(findIssuerKeys(keys, { kid: 'two', at })).toEqual([keys[1]])
    expect(findIssuerKeys(keys, { at })).toEqual(keys)
    expect(findIssuerKeys(keys, { kid: 'three', at })).toEqual([])
  })

  it('leaves out keys of another time', () => {
    const [before, after] = [new Date(at.getTime() - 1), new Date(at.getTime() + 1)]
    const keys = [
      aKey('k', { notAfter: before }),
      aKey('k', { notBefore: after }),
      aKey('k', { notBefore: before, notAfter: after }),
    ]
    expect(findIssuerKeys(keys, { kid: 'k', at })).toEqual([keys[2]])
  })

  it('tries no more than eight keys of the same kid (S-06)', () => {
    const keys = Array.from({ length: 20 }, () => aKey('k'))
    expect(findIssuerKeys(keys, { kid: 'k', at })).toEqual(keys.slice(0, 8))
  })
})
