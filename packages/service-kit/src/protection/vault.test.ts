import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SealError } from './sealing.ts'
import { createVault } from './vault.ts'

const context = 'awards/ri-se/1'

describe('createVault', () => {
  const vault = createVault(randomBytes(32))

  it('opens what it sealed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, where) => {
        const opened: unknown = vault.openJson(vault.sealJson(value, where), where)
        expect(opened).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('refuses what was changed in any byte, cut, or lengthened', () => {
    const sealed = vault.sealJson({ givenName: 'Astrid' }, context)
    for (let position = 0; position < sealed.length; position++) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(changed.readUInt8(position) ^ 0x01, position)
      expect(() => vault.openJson(changed, context), `byte ${position}`).toThrow(SealError)
    }
    for (let length = 0; length < sealed.length; length++)
      expect(() => vault.openJson(sealed.subarray(0, length), context)).toThrow(SealError)
    const longer = Buffer.concat([sealed, Buffer.alloc(1)])
    expect(() => vault.openJson(longer, context)).toThrow(SealError)
  })

  it('refuses what was sealed for another place', () => {
    const sealed = vault.sealJson({ givenName: 'Astrid' }, context)
    for (const elsewhere of ['awards/ri-se/2', 'awards/other/1', ''])
      expect(() => vault.openJson(sealed, elsewhere)).toThrow(SealError)
  })

  it('refuses what another vault sealed', () => {
    const sealed = createVault(randomBytes(32)).sealJson('x', context)
    expect(() => vault.openJson(sealed, context)).toThrow(SealError)
  })

  it('shows nothing of the value, and never seals alike', () => {
    const seal = () => vault.sealJson({ givenName: 'Astrid' }, context)
    expect(seal().includes('Astrid')).toBe(false)
    expect(seal().equals(seal())).toBe(false)
  })

  it('keeps its purposes apart', () => {
    const sealed = vault.sealerFor('c_nonce').sealJson('x', '')
    expect(vault.sealerFor('c_nonce').openJson(sealed, '')).toBe('x')
    expect(() => vault.sealerFor('access token').openJson(sealed, '')).toThrow(SealError)
    expect(() => vault.openJson(sealed, '')).toThrow(SealError)
  })
})

describe('data keys', () => {
  const vault = createVault(randomBytes(32))

  it('come back from their wrapping', () => {
    const { wrapped, key } = vault.newDataKey()
    const sealed = key.sealJson({ a: 1 }, context)
    expect(vault.unwrapDataKey(wrapped).openJson(sealed, context)).toEqual({ a: 1 })
  })

  it('do not open what another one sealed: with its key, data is erased', () => {
    const sealed = vault.newDataKey().key.sealJson({ a: 1 }, context)
    expect(() => vault.newDataKey().key.openJson(sealed, context)).toThrow(SealError)
    expect(() => vault.openJson(sealed, context)).toThrow(SealError)
  })

  it('are not unwrapped when changed, or from what is no data key', () => {
    const { wrapped } = vault.newDataKey()
    wrapped.writeUInt8(wrapped.readUInt8(40) ^ 0x80, 40)
    expect(() => vault.unwrapDataKey(wrapped)).toThrow(SealError)
    expect(() => vault.unwrapDataKey(vault.sealJson('x', 'data key'))).toThrow(SealError)
  })
})

describe('rotation of the key-encryption key', () => {
  it('still opens what a retired key sealed, and seals with the new one', () => {
    const [old, current] = [randomBytes(32), randomBytes(32)]
    const before = createVault(old)
    const after = createVault(current, old)
    expect(after.openJson(before.sealJson('x', context), context)).toBe('x')
    const { wrapped, key } = before.newDataKey()
    expect(after.unwrapDataKey(wrapped).openJson(key.sealJson('y', context), context)).toBe('y')
    expect(() => before.openJson(after.sealJson('x', context), context)).toThrow(SealError)
  })
})

describe('mac', () => {
  const secret = randomBytes(32)

  it('is the same for the same text and purpose, and for nothing else', () => {
    const mac = createVault(secret).mac('offer codes')
    expect(mac.digest('a').equals(createVault(secret).mac('offer codes').digest('a'))).toBe(true)
    expect(mac.digest('a')).toHaveLength(32)
    expect(mac.verify('a', mac.digest('a'))).toBe(true)
    expect(mac.verify('b', mac.digest('a'))).toBe(false)
    expect(mac.verify('a', createVault(secret).mac('other').digest('a'))).toBe(false)
    expect(mac.verify('a', createVault(randomBytes(32)).mac('offer codes').digest('a'))).toBe(false)
  })

  it('refuses a digest that is cut', () => {
    const mac = createVault(secret).mac('offer codes')
    expect(mac.verify('a', mac.digest('a').subarray(0, 31))).toBe(false)
    expect(mac.verify('a', Buffer.alloc(0))).toBe(false)
  })
})
