import { fixedClock } from '@mikromerit/service-kit/testing'
import type { IssuerMetadataResult } from '@openid4vc/openid4vci'
import { describe, expect, it } from 'vitest'
import { createMetadataCache, noteMaxAge } from './metadata-cache.ts'

const metadata = {} as IssuerMetadataResult // what is in it does not matter here

describe('the cache of metadata', () => {
  it('keeps as long as it was told, and five minutes at most', () => {
    const clock = fixedClock('2026-06-05T12:00:00Z')
    const cache = createMetadataCache(clock)
    cache.keep('a', metadata, 60)
    cache.keep('b', metadata, 86_400)
    clock.advance(59)
    expect(cache.find('a')).toBe(metadata)
    clock.advance(1)
    expect(cache.find('a')).toBeUndefined()
    clock.advance(239)
    expect(cache.find('b')).toBe(metadata)
    clock.advance(1)
    expect(cache.find('b')).toBeUndefined()
  })

  it('forgets what must not be kept, and the oldest when there are too many', () => {
    const cache = createMetadataCache(fixedClock('2026-06-05T12:00:00Z'))
    cache.keep('a', metadata, 60)
    cache.keep('a', metadata, 0)
    expect(cache.find('a')).toBeUndefined()
    for (let number = 0; number <= 50; number += 1) cache.keep(`i${number}`, metadata, 60)
    expect(cache.find('i0')).toBeUndefined()
    expect(cache.find('i50')).toBe(metadata)
  })
})

describe('noteMaxAge', () => {
  const after = async (...headers: (string | undefined)[]) => {
    const answers = headers.map(
      (header) =>
        new Response('{}', header === undefined ? {} : { headers: { 'cache-control': header } }),
    )
    const noted = noteMaxAge(async () => answers.shift() ?? new Response())
    for (const _ of headers) await noted.fetch('https://issuer.example')
    return noted.maxAge()
  }

  it.each<[(string | undefined)[], number]>([
    [['public, max-age=300', 'max-age=60'], 60],
    [['public, max-age=300', undefined], 0],
    [['no-cache, max-age=300'], 0],
    [['no-store'], 0],
    [['max-age=-5'], 0],
    [[], 0],
  ])('reads %j as %d seconds', async (headers, seconds) => {
    expect(await after(...headers)).toBe(seconds)
  })
})
