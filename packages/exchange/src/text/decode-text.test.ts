import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportFault } from '../findings/import-fault.ts'
import { decodeText, decodeWhole } from './decode-text.ts'

const utf16 = (text: string, order: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

async function decodeInPieces(bytes: Uint8Array, size: number): Promise<string> {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
  let text = ''
  for await (const part of decodeText(pieces, 1_000_000)) text += part
  return text
}

const faultOf = (bytes: Uint8Array) => {
  try {
    decodeWhole(bytes)
  } catch (error) {
    return error instanceof ImportFault ? error.finding : error
  }
  return undefined
}

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from('Åsa;Öst;€')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffÅsa;Öst;€')],
    ['UTF-16, little end first', utf16('Åsa;Öst;€', 'le')],
    ['UTF-16, big end first', utf16('Åsa;Öst;€', 'be')],
    ['Windows-1252', Buffer.from([0xc5, 0x73, 0x61, 0x3b, 0xd6, 0x73, 0x74, 0x3b, 0x80])],
  ])('reads %s', async (_, bytes) => {
    expect(decodeWhole(bytes)).toBe('Åsa;Öst;€')
    for (const size of [1, 2, 3, 5]) expect(await decodeInPieces(bytes, size)).toBe('Åsa;Öst;€')
  })

  it('reads Latin-1 after a long stretch of ASCII', async () => {
    const bytes = Buffer.concat([Buffer.alloc(200_000, 'a'), Buffer.from([0xe5]), Buffer.from('b')])
    expect(await decodeInPieces(bytes, 65_536)).toBe(`${'a'.repeat(200_000)}åb`)
  })

  it.each([
    [
      'UTF-8 that breaks later',
      Buffer.concat([Buffer.from(`å${'a\n'.repeat(10_000)}`), Buffer.from([0xff])]),
      10_001,
    ],
    ['UTF-16 without a mark', Buffer.from('a\0b\0'), 1],
    ['half a character of UTF-16', Buffer.concat([utf16('a\nb', 'le'), Buffer.from([0x61])]), 2],
    ['a byte of no encoding', Buffer.from([0x61, 0x0a, 0xe5, 0x81]), 2],
  ])('refuses %s, and says on which line', (_, bytes, line) => {
    expect(faultOf(bytes)).toMatchObject({ code: 'IMPORT_ENCODING', line })
  })

  it('refuses more bytes than allowed without reading them all', async () => {
    let produced = 0
    const endless = (function* () {
      for (;;) {
        produced++
        yield Buffer.alloc(1000, 'a')
      }
    })()
    const read = async () => {
      for await (const _ of decodeText(endless, 10_000));
    }
    await expect(read()).rejects.toMatchObject({ finding: { code: 'IMPORT_TOO_LARGE' } })
    expect(produced).toBeLessThan(20)
  })

  it('lets other work go on while it reads a file that is at hand whole', async () => {
    let turns = 0
    const other = setInterval(() => turns++, 0)
    for await (const _ of decodeText(Buffer.alloc(2_000_000, 'a'), 10_000_000));
    clearInterval(other)
    expect(turns).toBeGreaterThan(5)
  })

  it('reads every text in UTF-8 back, however it is cut', async () => {
    const texts = fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\ufeff]/.test(text))
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 9 }), async (text, size) => {
        return (await decodeInPieces(Buffer.from(text), size)) === text
      }),
    )
  })
})
