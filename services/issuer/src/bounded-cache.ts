import type { Clock } from '@mikromerit/service-kit'

/** Values loaded on demand and kept for a while; a load under way is shared; misses are not kept. */
export interface BoundedCache<V> {
  get(key: string, load: () => Promise<V | undefined>): Promise<V | undefined>
  /** Loads it anew when it is next asked for. */
  forget(key: string): void
}

interface Entry<V> {
  readonly loaded: Promise<V | undefined>
  readonly until: number
}

export function createBoundedCache<V>(options: {
  clock: Clock
  maxEntries: number
  maxAgeSeconds: number
}): BoundedCache<V> {
  // A Map keeps insertion order: the first key is the oldest.
  const entries = new Map<string, Entry<V>>()

  const remember = (key: string, entry: Entry<V>) => {
    entries.delete(key)
    entries.set(key, entry)
    const oldest = entries.keys().next()
    if (entries.size > options.maxEntries && !oldest.done) entries.delete(oldest.value)
  }
  const drop = (key: string, entry: Entry<V>) => {
    if (entries.get(key) === entry) entries.delete(key)
  }

  return {
    forget: (key) => void entries.delete(key),
    async get(key, load) {
      const now = options.clock.now().getTime()
      const known = entries.get(key)
      if (known && known.until > now) return known.loaded
      const entry = { loaded: load(), until: now + options.maxAgeSeconds * 1000 }
      remember(key, entry)
      try {
        const value = await entry.loaded
        if (value === undefined) drop(key, entry)
        return value
      } catch (error) {
        drop(key, entry)
        throw error
      }
    },
  }
}
