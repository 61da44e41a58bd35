import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSealedTokens } from './sealed-tokens.ts'
import { createVault } from './vault.ts'

const vault = createVault(randomBytes(32))
const now = new Date('2026-01-01T00:00:00Z')
const soon = new Date('2026-01-01T00:05:00Z')
const tokens = createSealedTokens<{ award: string }>(vault, 'access token')
const invalid = { ok: false, code: 'invalid' }

describe('createSealedTokens', () => {
  it('opens what it issued, on every replica', () => {
    const elsewhere = createSealedTokens(vault, 'access token')
    expect(elsewhere.open(tokens.issue({ award: '1' }, soon), now)).toEqual({
      ok: true,
      value: { award: '1' },
    })
  })

  it('is over at the second it says', () => {
    const token = tokens.issue({ award: '1' }, soon)
    expect(tokens.open(token, new Date(soon.getTime() - 1)).ok).toBe(true)
    expect(tokens.open(token, soon)).toMatchObject({ ok: false, code: 'expired' })
  })

  it('refuses a token of another purpose or another service', () => {
    const nonces = createSealedTokens<{ award: string }>(vault, 'c_nonce')
    expect(tokens.open(nonces.issue({ award: '1' }, soon), now)).toMatchObject(invalid)
    const foreign = createSealedTokens(createVault(randomBytes(32)), 'access token')
    expect(tokens.open(foreign.issue({ award: '1' }, soon), now)).toMatchObject(invalid)
  })

  it('refuses a token with any character changed, added or left out', () => {
    const token = tokens.issue({ award: '1' }, soon)
    for (let position = 0; position < token.length; position++) {
      const other = token[position] === 'A' ? 'B' : 'A'
      const changed = token.slice(0, position) + other + token.slice(position + 1)
      expect(tokens.open(changed, now), `character ${position}`).toMatchObject(invalid)
    }
    for (const changed of [
      `${token}=`,
      `${token}A`,
      ` ${token}`,
      token.slice(1),
      token.slice(0, -1),
    ])
      expect(tokens.open(changed, now)).toMatchObject(invalid)
  })

  it.each(['', 'A', 'null', '💥', 'A'.repeat(1_000_000)])('refuses nonsense', (nonsense) => {
    expect(tokens.open(nonsense, now)).toMatchObject(invalid)
  })

  it('shows nothing of its content', () => {
    const token = tokens.issue({ award: 'Astrid' }, soon)
    expect(Buffer.from(token, 'base64url').includes('Astrid')).toBe(false)
  })
})
