import { describe, expect, it } from 'vitest'
import { awardStatuses, decideStatus } from './award-status.ts'

const at = new Date('2026-06-05T10:00:00Z')

describe('decideStatus', () => {
  it('suspends, restores and revokes, each for a reason', () => {
    expect(decideStatus('valid', 'suspended', ' utreds ', at)).toEqual({
      ok: true,
      change: { from: 'valid', to: 'suspended', reason: 'utreds', at },
    })
    expect(decideStatus('suspended', 'valid', 'klart', at).ok).toBe(true)
    expect(decideStatus('suspended', 'revoked', 'fusk', at).ok).toBe(true)
  })

  it('never restores what is revoked', () => {
    for (const to of awardStatuses)
      expect(decideStatus('revoked', to, 'misstag', at).ok).toBe(false)
    expect(decideStatus('revoked', 'valid', 'misstag', at)).toEqual({
      ok: false,
      code: 'revocation-is-final',
    })
  })

  it('refuses a change without a reason and a change to the same', () => {
    expect(decideStatus('valid', 'revoked', '  ', at)).toEqual({
      ok: false,
      code: 'reason-missing',
    })
    expect(decideStatus('valid', 'valid', 'x', at)).toEqual({ ok: false, code: 'status-unchanged' })
  })
})
