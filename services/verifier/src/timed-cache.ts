/** Values loaded on demand and kept for a while; callers at the same time share one load. */
export interface TimedCache<V> {
  get(key: string, load: () => Promise<V>): Promise<V>
  clear(): void
}

interface Entry<V> {
  readonly loaded: Promise<V>
  readonly until: number
}

export function createTimedCache<V>(options: {
  readonly clock: { now(): Date }
  readonly maxAgeSeconds: number
  readonly entries: number
}): TimedCache<V> {
  // A Map keeps the order of insertion: its first key is the oldest.
  const kept = new Map<string, Entry<V>>()

  const keep = (key: string, entry: Entry<V>) => {
    kept.delete(key)
    kept.set(key, entry)
    const oldest = kept.keys().next()
    if (kept.size > options.entries && !oldest.done) kept.delete(oldest.value)
    // A failure is not kept: the next caller tries again.
    entry.loaded.catch(() => {
      if (kept.get(key) === entry) kept.delete(key)
    })
    return entry.loaded
  }

  return {
    get: (key, load) => {
      const now = options.clock.now().getTime()
      const entry = kept.get(key)
      if (entry && now < entry.until) return entry.loaded
      return keep(key, { loaded: load(), until: now + options.maxAgeSeconds * 1_000 })
    },
    clear: () => kept.clear(),
  }
}
