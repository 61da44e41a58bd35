import { describe, expect, it } from 'vitest'
import { readMemory } from './memory.ts'

describe('readMemory', () => {
  it.runIf(process.platform === 'linux')(
    'reads what this process holds, and its peak',
    async () => {
      const memory = await readMemory(process.pid)
      const { rss } = process.memoryUsage()
      expect(memory?.resident).toBeGreaterThan(rss / 2)
      expect(memory?.resident).toBeLessThan(rss * 2)
      expect(memory?.peak).toBeGreaterThanOrEqual(memory?.resident ?? 0)
    },
  )

  it('says nothing of a process that is not there', async () => {
    expect(await readMemory(2 ** 30)).toBeUndefined()
  })
})
