import { crc32, deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forgeOpenBadge } from '../../test/forged-vc.ts'
import { bakePng, readBakedPng } from './bake-png.ts'
import { drawDefaultBadge } from './default-badge.ts'
import { buildChunk, encodePng, maxImageBytes, parsePng, pngSignature } from './png.ts'

const jws = forgeOpenBadge()
const json = '{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"Å"}'
const image = drawDefaultBadge({ seed: 'a', size: 16 })

const bake = (credential: string, picture: Uint8Array = image) => {
  const baked = bakePng(picture, credential)
  if (!baked.ok) throw new Error(baked.code)
  return baked.value
}
const read = (picture: Uint8Array) => {
  const baked = readBakedPng(picture)
  return baked.ok ? baked.value : baked.code
}
const textChunk = (
  text: Uint8Array | string,
  { keyword = 'openbadgecredential', head = '\0\0\0\0' } = {},
) =>
  buildChunk(
    'iTXt',
    Buffer.concat([Buffer.from(`${keyword}\0${head}`, 'latin1'), Buffer.from(text)]),
  )
/** The picture with these chunks right after its header. */
const withChunks = (...chunks: Buffer[]) => {
  const end = pngSignature.length + 25
  return Buffer.concat([image.subarray(0, end), ...chunks, image.subarray(end)])
}

describe('bakePng', () => {
  it('puts the credential into the first text chunk, uncompressed', () => {
    const baked = bake(jws)
    expect(read(baked)).toEqual({ kind: 'jws', text: jws, specification: '3.0' })
    const chunks = parsePng(baked)
    expect(chunks.ok && chunks.value.map(({ type }) => type)).toEqual([
      'IHDR',
      'iTXt',
      'IDAT',
      'IEND',
    ])
    expect(baked.includes(`openbadgecredential\0\0\0\0\0${jws}`)).toBe(true)
  })

  it('gives back whatever credential it was given, and leaves the picture as it was', () => {
    const texts = fc.oneof(
      fc
        .dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
        .map((value) => JSON.stringify(value)),
      fc.constant(jws),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const baked = bake(text)
        expect(read(baked)).toMatchObject({ text })
        const [without, with_] = [parsePng(image), parsePng(baked)]
        expect(
          with_.ok && with_.value.filter(({ type }) => type !== 'iTXt').map(({ bytes }) => bytes),
        ).toEqual(without.ok && without.value.map(({ bytes }) => bytes))
      }),
    )
  })

  it('replaces the credential that was there before, of either version', () => {
    const old = withChunks(textChunk('a.b.c'), textChunk('https://x', { keyword: 'openbadges' }))
    const baked = bake(json, bake(jws, old))
    expect(read(baked)).toMatchObject({ kind: 'json', text: json })
    const chunks = parsePng(baked)
    expect(chunks.ok && chunks.value.filter(({ type }) => type === 'iTXt')).toHaveLength(1)
  })

  it.for<[string, Uint8Array, string, string]>([
    ['no image', Buffer.from('GIF89a'), jws, 'png_malformed'],
    ['an image without end', image.subarray(0, -12), jws, 'png_malformed'],
    ['an image that is too large', Buffer.alloc(maxImageBytes + 1), jws, 'image_too_large'],
    ['no credential', image, 'hello', 'credential_unreadable'],
    ['a credential that is too large', image, `${'a'.repeat(262_141)}.b.c`, 'credential_too_large'],
  ])('bakes nothing into %s', ([, picture, credential, code]) => {
    expect(bakePng(picture, credential)).toMatchObject({ ok: false, code })
  })
})

describe('readBakedPng (V-28)', () => {
  it('takes the first of several, as the specification says', () => {
    expect(read(withChunks(textChunk(json), textChunk('a.b.c')))).toMatchObject({ text: json })
  })

  it('reads a compressed text, though nobody may write one', () => {
    const chunk = textChunk(deflateSync(jws), { head: '\u0001\0\0\0' })
    expect(read(withChunks(chunk))).toMatchObject({ text: jws })
  })

  it('passes over language and translated keyword', () => {
    const head = '\0\0sv\0\u00e4\0'
    expect(read(withChunks(textChunk(jws, { head })))).toMatchObject({ text: jws })
  })

  it('reads an assertion of Open Badges 2.0', () => {
    expect(read(withChunks(textChunk(json, { keyword: 'openbadges' })))).toMatchObject({
      text: json,
      specification: '2.0',
    })
  })

  it('looks at nothing behind the credential', () => {
    const baked = bake(jws)
    const end = baked.indexOf(jws) + jws.length + 4
    expect(read(Buffer.concat([baked.subarray(0, end), Buffer.alloc(1000, 0xff)]))).toMatchObject({
      text: jws,
    })
  })

  const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024, 'a'), { level: 9 })
  it.for<[string, Uint8Array, string]>([
    ['without one', image, 'credential_missing'],
    [
      'with one in another kind of chunk',
      withChunks(buildChunk('tEXt', Buffer.from(`openbadgecredential\0${jws}`))),
      'credential_missing',
    ],
    [
      'with a longer keyword',
      withChunks(textChunk(jws, { keyword: 'openbadgecredentials' })),
      'credential_missing',
    ],
    ['with something else in it', withChunks(textChunk('<script>')), 'credential_unreadable'],
    [
      'with JSON that names a member twice',
      withChunks(textChunk('{"a":1,"a":2}')),
      'credential_unreadable',
    ],
    [
      'with bytes that are no UTF-8',
      withChunks(textChunk(Buffer.from([0x7b, 0xff, 0x7d]))),
      'credential_unreadable',
    ],
    [
      'with an unknown compression',
      withChunks(textChunk(jws, { head: '\u0001\u0001\0\0' })),
      'credential_unreadable',
    ],
    [
      'with an unknown flag',
      withChunks(textChunk(jws, { head: '\u0002\0\0\0' })),
      'credential_unreadable',
    ],
    [
      'with nothing behind the keyword',
      withChunks(textChunk('', { head: '' })),
      'credential_unreadable',
    ],
    [
      'with text that does not inflate',
      withChunks(textChunk('x', { head: '\u0001\0\0\0' })),
      'credential_unreadable',
    ],
    [
      'with a zip bomb (S-09)',
      withChunks(textChunk(bomb, { head: '\u0001\0\0\0' })),
      'credential_too_large',
    ],
    [
      'with megabytes of text',
      withChunks(textChunk(Buffer.alloc(2 * 1024 * 1024, 'a'))),
      'credential_too_large',
    ],
    [
      'with more bytes than any image',
      Buffer.concat([pngSignature, Buffer.alloc(maxImageBytes)]),
      'image_too_large',
    ],
    [
      'with thousands of chunks',
      withChunks(...Array(4096).fill(buildChunk('tEXt', Buffer.alloc(1)))),
      'png_too_many_chunks',
    ],
    [
      'with a chunk longer than the file',
      withChunks(Buffer.from('7fffffff69545874', 'hex')),
      'png_malformed',
    ],
    [
      'with a chunk of no type',
      withChunks(buildChunk('\0\0\0\0', Buffer.alloc(0))),
      'png_malformed',
    ],
    [
      'that does not begin with its header',
      Buffer.concat([pngSignature, textChunk(jws)]),
      'png_malformed',
    ],
    ['that has only a signature', pngSignature, 'png_malformed'],
  ])('finds no credential in an image %s', ([, picture, code]) => {
    const before = process.memoryUsage().arrayBuffers
    expect(read(picture)).toBe(code)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024)
  })

  const baked = bake(jws)
  const end = baked.indexOf(jws) + jws.length + 4
  it('refuses any flipped byte up to the credential, and never gives out another', () => {
    fc.assert(
      fc.property(fc.nat(end - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const altered = Buffer.from(baked)
        altered[at] = (altered[at] ?? 0) ^ flip
        expect(read(altered)).toBeTypeOf('string')
      }),
      { numRuns: 500 },
    )
  })

  it('refuses the image cut short before the credential ends', () => {
    fc.assert(
      fc.property(fc.nat(end - 1), (length) => {
        expect(read(baked.subarray(0, length))).toBeTypeOf('string')
      }),
      { numRuns: 200 },
    )
  })

  it('never throws on anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        read(Buffer.concat([pngSignature, bytes]))
        read(withChunks(textChunk(bytes)))
        read(withChunks(textChunk(bytes, { head: '\u0001\0\0\0' })))
      }),
      { numRuns: 500 },
    )
  })
})

describe('encodePng', () => {
  it('is undone by inflating and adding up the rows', () => {
    const pixels = fc.uint8Array({ minLength: 3 * 5 * 4, maxLength: 3 * 5 * 4 })
    fc.assert(
      fc.property(pixels, (rgba) => {
        const chunks = parsePng(encodePng(3, 5, rgba))
        if (!chunks.ok) throw new Error(chunks.code)
        const [header, data] = chunks.value
        expect(header?.data.toString('hex')).toBe('00000003000000050806000000')
        const rows = inflateSync(data?.data ?? '')
        const decoded: number[] = []
        for (let row = 0; row < 5; row++)
          for (let at = 0; at < 12; at++)
            decoded.push(
              ((rows[row * 13 + 1 + at] ?? 0) + (decoded[(row - 1) * 12 + at] ?? 0)) & 255,
            )
        expect(decoded).toEqual([...rgba])
      }),
    )
  })

  it('has checksums as PNG defines them', () => {
    expect(buildChunk('IEND', Buffer.alloc(0)).toString('hex')).toBe('0000000049454e44ae426082')
    expect(crc32('IEND')).toBe(0xae426082)
  })

  it('needs as many pixels as the image has', () => {
    expect(() => encodePng(2, 2, new Uint8Array(15))).toThrow(RangeError)
    expect(() => encodePng(0, 0, new Uint8Array(0))).toThrow(RangeError)
  })
})
