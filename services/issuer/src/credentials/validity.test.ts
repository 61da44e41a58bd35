import { describe, expect, it } from 'vitest'
import { decideValidity } from './validity.ts'

const now = new Date('2026-06-05T12:34:56.789Z')

describe('the validity of a credential', () => {
  it('begins at the last full hour, never in the future', () => {
    const validity = decideValidity(now, 730, undefined)
    expect(validity?.issuedAt.toISOString()).toBe('2026-06-05T12:00:00.000Z')
  })

  it('lasts as long as configured', () => {
    const validity = decideValidity(now, 1, undefined)
    expect(validity?.expiresAt.toISOString()).toBe('2026-06-06T12:00:00.000Z')
  })

  it('never passes the last day of the competence', () => {
    const validity = decideValidity(now, 730, '2026-12-31')
    expect(validity?.expiresAt.toISOString()).toBe('2026-12-31T23:59:59.000Z')
  })

  it('is undefined when the competence has lapsed', () => {
    expect(decideValidity(now, 730, '2026-06-04')).toBeUndefined()
  })
})
