import { describe, expect, it } from 'vitest'
import { createBoundedCache } from './bounded-cache.ts'

function aCache(maxEntries = 10) {
  let at = 0
  const cache = createBoundedCache<string>({
    clock: { now: () => new Date(at) },
    maxEntries,
    maxAgeSeconds: 60,
  })
  const loads: string[] = []
  const get = (key: string, value: string | undefined = key) =>
    cache.get(key, async () => {
      loads.push(key)
      return value
    })
  return { get, forget: cache.forget, loads, advance: (seconds: number) => (at += seconds * 1000) }
}

describe('a bounded cache', () => {
  it('loads a value once while it is fresh, also for those who ask meanwhile', async () => {
    const { get, loads, advance } = aCache()
    await Promise.all([get('a'), get('a')])
    advance(59)
    expect(await get('a')).toBe('a')
    expect(loads).toEqual(['a'])
  })

  it('loads a value again when it is old', async () => {
    const { get, loads, advance } = aCache()
    await get('a')
    advance(60)
    await get('a')
    expect(loads).toEqual(['a', 'a'])
  })

  it('does not keep a miss', async () => {
    const cache = createBoundedCache<string>({
      clock: { now: () => new Date(0) },
      maxEntries: 10,
      maxAgeSeconds: 60,
    })
    expect(await cache.get('a', async () => undefined)).toBeUndefined()
    expect(await cache.get('a', async () => 'a')).toBe('a')
  })

  it('does not keep a failure', async () => {
    const cache = createBoundedCache<string>({
      clock: { now: () => new Date(0) },
      maxEntries: 10,
      maxAgeSeconds: 60,
    })
    await expect(cache.get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await cache.get('a', async () => 'a')).toBe('a')
  })

  it('loads a value again when it was told to forget it', async () => {
    const { get, forget, loads } = aCache()
    await get('a')
    forget('a')
    await get('a')
    expect(loads).toEqual(['a', 'a'])
  })

  it('gives up the oldest value when it is full', async () => {
    const { get, loads } = aCache(2)
    await get('a')
    await get('b')
    await get('c')
    await get('c')
    await get('a')
    expect(loads).toEqual(['a', 'b', 'c', 'a'])
  })
})
