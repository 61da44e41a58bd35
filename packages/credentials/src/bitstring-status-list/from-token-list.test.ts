import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AwardStatus, awardStatuses, statusBits } from '../domain/award-status.ts'
import { setStatus } from '../status-list/status-bits.ts'
import { countEntries, minimumEntries, readBitstringStatus } from './bitstring.ts'
import { type BitstringView, viewAsBitstring } from './from-token-list.ts'
import { bitstringStatusBits } from './status-entry.ts'

const size = minimumEntries
const entries = fc.array(
  fc.tuple(fc.nat({ max: size - 1 }), fc.constantFrom<AwardStatus>(...awardStatuses)),
  { maxLength: 30 },
)

/** A Token Status List with two bits per entry. */
function aTokenList(statuses: ReadonlyMap<number, AwardStatus>) {
  const bytes = new Uint8Array(size / 4)
  for (const [index, status] of statuses) setStatus(bytes, 2, index, statusBits[status])
  return bytes
}

describe('a status list seen as bitstring', () => {
  it.each(['revocation', 'suspension'] as const)('has the same %s at the same index', (purpose) => {
    fc.assert(
      fc.property(entries, (list) => {
        const statuses = new Map(list)
        const bits = viewAsBitstring(aTokenList(statuses), purpose)
        for (const [index, status] of statuses)
          expect(readBitstringStatus(bits, index)).toBe(bitstringStatusBits[status][purpose])
      }),
      { numRuns: 40 },
    )
  })

  it('shows as withdrawn what is suspended or revoked, and nothing else', () => {
    const statuses = new Map<number, AwardStatus>([
      [0, 'revoked'],
      [5, 'suspended'],
      [6, 'valid'],
      [size - 1, 'revoked'],
    ])
    const bits = viewAsBitstring(aTokenList(statuses), 'withdrawal')
    const set = Array.from({ length: size }, (_, index) => index).filter(
      (index) => readBitstringStatus(bits, index) === 1,
    )
    expect(set).toEqual([0, 5, size - 1])
  })

  it('never takes a value that no award has for valid where one bit must say all', () => {
    const bytes = new Uint8Array(size / 4)
    setStatus(bytes, 2, 9, 3)
    const at = (view: BitstringView) => readBitstringStatus(viewAsBitstring(bytes, view), 9)
    expect([at('revocation'), at('suspension'), at('withdrawal')]).toEqual([0, 0, 1])
  })

  it('is never too short to hide anyone in it', () => {
    expect(countEntries(viewAsBitstring(new Uint8Array(4), 'revocation'))).toBe(minimumEntries)
  })
})
