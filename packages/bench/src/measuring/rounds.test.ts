import { describe, expect, it } from 'vitest'
import { measureInTurns, ratesOf, repeat, repeatSideBySide } from './rounds.ts'

const plan = { rounds: 3, warmUpMilliseconds: 1, roundMilliseconds: 2 }

describe('measureInTurns', () => {
  it('warms up first and turns the order round at every second round', async () => {
    const calls: string[] = []
    const contestant = (name: string) => async (milliseconds: number) => {
      calls.push(`${name}${milliseconds}`)
      return { perSecond: calls.length }
    }
    const samples = await measureInTurns({ a: contestant('a'), b: contestant('b') }, plan)
    expect(calls).toEqual(['a1', 'b1', 'a2', 'b2', 'b2', 'a2', 'a2', 'b2'])
    expect(ratesOf(samples.a)).toEqual([3, 6, 7])
    expect(ratesOf(samples.b)).toEqual([4, 5, 8])
  })
})

describe('repeat', () => {
  it('counts operations per second, synchronous and not', async () => {
    let done = 0
    const { perSecond } = await repeat(() => done++)(5)
    expect(done).toBeGreaterThan(0)
    expect(perSecond).toBeGreaterThan(0)
    let open = 0
    await repeat(async () => {
      expect(++open).toBe(1)
      await Promise.resolve()
      open--
    })(5)
  })

  it('fails with its operation', async () => {
    const failing = repeat(() => Promise.reject(new Error('no')))
    await expect(failing(5)).rejects.toThrow('no')
  })
})

describe('repeatSideBySide', () => {
  it('keeps every flow going and takes the time of each', async () => {
    let open = 0
    let most = 0
    const flow = async () => {
      most = Math.max(most, ++open)
      await new Promise((resume) => setImmediate(resume))
      open--
    }
    const { perSecond, latencies = [] } = await repeatSideBySide([flow, flow, flow])(5)
    expect(most).toBe(3)
    expect(latencies.length).toBeGreaterThanOrEqual(3)
    expect(latencies.every((latency) => latency > 0)).toBe(true)
    expect(perSecond).toBeGreaterThan(0)
  })

  it('fails as soon as one flow fails: a figure of failed flows would be worth nothing', async () => {
    const failing = repeatSideBySide([
      async () => {},
      async () => {
        throw new Error('refused')
      },
    ])
    await expect(failing(5)).rejects.toThrow('refused')
  })
})
