import { describe, expect, it } from 'vitest'
import { fixedClock } from '../testing/fixed-clock.ts'
import { createDocumentCache, type DocumentCacheOptions } from './document-cache.ts'
import { failure, type OutboundDocument, type OutboundResult } from './outbound-result.ts'

const url = 'https://issuer.example/jwks'
const document = (body: string, rest: Partial<OutboundDocument> = {}) =>
  ({
    ok: true,
    value: {
      status: 200,
      contentType: 'a/b',
      body,
      etag: undefined,
      maxAgeSeconds: undefined,
      ...rest,
    },
  }) satisfies OutboundResult<OutboundDocument>

function aCache(
  answers: OutboundResult<OutboundDocument>[],
  rest: Partial<DocumentCacheOptions<string>> = {},
) {
  const clock = fixedClock('2026-01-01T00:00:00Z')
  const asked: (string | undefined)[] = []
  const cache = createDocumentCache<string>({
    clock,
    outbound: {
      getText: async (_url, request) => {
        asked.push(request.ifNoneMatch)
        return answers.shift() ?? failure('unreachable')
      },
    },
    request: { accept: 'a/b' },
    parse: ({ body }) => (body === 'nonsense' ? undefined : body),
    ...rest,
  })
  return { cache, clock, asked }
}

describe('createDocumentCache', () => {
  it('shares one fetch among those who ask at the same time', async () => {
    const { cache, asked } = aCache([document('one')])
    const results = await Promise.all([cache.get(url), cache.get(url), cache.get(url)])
    expect(results).toEqual(Array(3).fill({ ok: true, value: 'one' }))
    expect(asked).toHaveLength(1)
  })

  it('keeps a document as long as Cache-Control says, and no longer', async () => {
    const { cache, clock, asked } = aCache([
      document('one', { maxAgeSeconds: 120 }),
      document('two'),
    ])
    await cache.get(url)
    clock.advance(119)
    expect(await cache.get(url)).toMatchObject({ value: 'one' })
    clock.advance(1)
    expect(await cache.get(url)).toMatchObject({ value: 'two' })
    expect(asked).toHaveLength(2)
  })

  it('keeps within its own bounds whatever the answer says', async () => {
    const eager = aCache([document('one', { maxAgeSeconds: 0 })])
    await eager.cache.get(url)
    eager.clock.advance(29)
    expect((await eager.cache.get(url)).ok).toBe(true)
    const lazy = aCache([document('one', { maxAgeSeconds: 1e9 }), document('two')])
    await lazy.cache.get(url)
    lazy.clock.advance(3_600)
    expect(await lazy.cache.get(url)).toMatchObject({ value: 'two' })
  })

  it('prefers the lifetime the document itself states', async () => {
    const answers = [document('one', { maxAgeSeconds: 3_000 }), document('two')]
    const { cache, clock } = aCache(answers, { lifetimeOf: () => 60 })
    await cache.get(url)
    clock.advance(60)
    expect(await cache.get(url)).toMatchObject({ value: 'two' })
  })

  it('asks with the ETag and keeps what has not changed', async () => {
    const { cache, clock, asked } = aCache([
      document('one', { etag: '"1"', maxAgeSeconds: 60 }),
      document('', { status: 304, maxAgeSeconds: 60 }),
      document('two'),
    ])
    await cache.get(url)
    clock.advance(60)
    expect(await cache.get(url)).toMatchObject({ value: 'one' })
    clock.advance(60)
    expect(await cache.get(url)).toMatchObject({ value: 'two' })
    expect(asked).toEqual([undefined, '"1"', '"1"'])
  })

  it('refreshes on demand once per cool-down, however often an unknown key is asked for', async () => {
    const { cache, clock, asked } = aCache([document('one'), document('two')])
    await cache.get(url)
    for (let attempt = 0; attempt < 5; attempt++) await cache.refresh(url)
    expect(asked).toHaveLength(1)
    clock.advance(10)
    expect(await cache.refresh(url)).toMatchObject({ value: 'two' })
  })

  it('answers nobody from a fetch that began before they asked, when a document must not be kept', async () => {
    const fresh = (body: string) => document(body, { maxAgeSeconds: 0 })
    const { cache, asked } = aCache([fresh('one'), fresh('two'), fresh('three')], { minSeconds: 0 })
    await cache.get(url)
    const early = cache.get(url)
    const late = [cache.get(url), cache.get(url), cache.get(url)]
    expect(await early).toMatchObject({ value: 'two' })
    expect(await Promise.all(late)).toEqual(Array(3).fill({ ok: true, value: 'three' }))
    expect(asked).toHaveLength(3)
  })

  it('never passes off an old document as fresh when the host is down', async () => {
    const { cache, clock } = aCache([document('one', { maxAgeSeconds: 60 })])
    await cache.get(url)
    clock.advance(60)
    expect(await cache.get(url)).toMatchObject({ ok: false, code: 'unreachable' })
  })

  it('remembers a failure for the cool-down only', async () => {
    const { cache, clock, asked } = aCache([document('nonsense'), document('one')])
    expect(await cache.get(url)).toMatchObject({ ok: false, code: 'malformed' })
    await cache.get(url)
    expect(asked).toHaveLength(1)
    clock.advance(10)
    expect(await cache.get(url)).toMatchObject({ ok: true, value: 'one' })
  })
  it('lets the oldest go when all together would take more room than there is', async () => {
    const answers = ['aaaa', 'bbbb', 'aaaa', 'cccccccccccc', 'cccccccccccc'].map((body) =>
      document(body),
    )
    const room = { sizeOf: (value: string) => value.length, maxBytes: 9 }
    const { cache, asked } = aCache(answers, { room })
    await cache.get('https://a.example')
    await cache.get('https://b.example')
    expect(await cache.get('https://b.example')).toMatchObject({ value: 'bbbb' })
    expect(asked).toHaveLength(2)
    expect(await cache.get('https://a.example')).toMatchObject({ value: 'aaaa' })
    expect(asked).toHaveLength(3)
    // One that finds no room at all is answered all the same, and fetched each time.
    for (const fetches of [4, 5]) {
      expect(await cache.get('https://c.example')).toMatchObject({ value: 'cccccccccccc' })
      expect(asked).toHaveLength(fetches)
    }
  })
})
