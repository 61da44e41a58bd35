import { describe, expect, it } from 'vitest'
import { fixedClock } from '../testing/fixed-clock.ts'
import { rememberTokens } from './remembered-tokens.ts'

const start = new Date('2026-11-24T12:00:00Z')

function setUp({ lifetimeSeconds = 3_600 } = {}) {
  const clock = fixedClock(start)
  const asked: string[] = []
  const verify = rememberTokens(async (token) => {
    asked.push(token)
    if (token.startsWith('bad')) throw new Error('refused')
    const expiresAt = new Date(start.getTime() + lifetimeSeconds * 1_000)
    return { access: { subject: token, scopes: new Set<string>() }, expiresAt }
  }, clock)
  return { clock, asked, verify }
}

describe('a good token', () => {
  it('is verified once a minute, however often it comes', async () => {
    const { clock, asked, verify } = setUp()
    for (const seconds of [0, 30, 29]) {
      clock.advance(seconds)
      expect((await verify('alva')).subject).toBe('alva')
    }
    expect(asked).toEqual(['alva'])
    clock.advance(1)
    await verify('alva')
    expect(asked).toEqual(['alva', 'alva'])
  })

  it('is not remembered beyond its end', async () => {
    const { clock, asked, verify } = setUp({ lifetimeSeconds: 10 })
    await verify('alva')
    clock.advance(10)
    await verify('alva')
    expect(asked).toEqual(['alva', 'alva'])
  })

  it('says nothing about another', async () => {
    const { asked, verify } = setUp()
    await verify('alva')
    expect((await verify('alvb')).subject).toBe('alvb')
    expect(asked).toEqual(['alva', 'alvb'])
  })
})

describe('a bad token', () => {
  it('is refused anew each time', async () => {
    const { asked, verify } = setUp()
    for (const _ of [1, 2]) await expect(verify('bad')).rejects.toThrow('refused')
    expect(asked).toEqual(['bad', 'bad'])
  })
})

describe('memory', () => {
  it('has room for a thousand tokens, the latest used', async () => {
    const { asked, verify } = setUp()
    for (let at = 0; at <= 1_000; at++) await verify(`token-${at}`)
    asked.length = 0
    await verify('token-1000')
    await verify('token-0')
    expect(asked).toEqual(['token-0'])
  })
})
