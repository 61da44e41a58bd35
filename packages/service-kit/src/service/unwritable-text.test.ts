import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { findUnwritableText } from './unwritable-text.ts'

describe('findUnwritableText', () => {
  it.for<[string, unknown, string]>([
    ['a null character', { a: [{ b: 'x\0y' }] }, '/a/0/b'],
    ['half a surrogate pair', { 'a/b~c': 'x\ud800' }, '/a~1b~0c'],
    ['a text by itself', '\udc00', ''],
    ['a name, which it does not repeat', { a: { 'x\0': 1 } }, '/a'],
  ])('finds %s', ([, document, pointer]) => {
    expect(findUnwritableText(document)).toBe(pointer)
  })

  it('lets everything else pass, without touching the bytes of a file', () => {
    const document = { text: 'Åsa \u{1F600} \u202E\n', list: [1, null, true, {}], no: undefined }
    expect(findUnwritableText(document)).toBeUndefined()
    expect(findUnwritableText(Buffer.from('\0'))).toBeUndefined()
    expect(findUnwritableText(undefined)).toBeUndefined()
  })

  it('looks into documents alone, not into a stream that is yet to be read', () => {
    const stream = Object.assign(Readable.from(['x']), { text: '\0', self: {} })
    stream.self = stream
    expect(findUnwritableText(stream)).toBeUndefined()
    expect(findUnwritableText({ stream })).toBeUndefined()
    class Wrapper {
      readonly text = '\0'
    }
    expect(findUnwritableText(new Wrapper())).toBeUndefined()
  })

  it('looks into what parsers make without the prototype of objects', () => {
    const bare = Object.create(null)
    expect(findUnwritableText(Object.assign(bare, { a: '\0' }))).toBe('/a')
    expect(findUnwritableText(Object.assign(Object.create(Object.create(null)), { a: '\0' }))).toBe(
      '/a',
    )
  })

  it('goes down however deep a document is nested', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}"\\u0000"${']'.repeat(100_000)}`)
    expect(findUnwritableText(deep)).toMatch(/^(\/0)+$/)
  })
})
