import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carriedElements, type ReadBack, readInEveryFormat } from '../../test/carried-elements.ts'
import { richAwardRecords } from '../../test/rich-award-records.ts'
import { findRecognisedOutcomes } from './project-validation.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../docs/formats.md'), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const columns = rows[0] ?? []

/** What docs/formats.md says of an element in a format. */
function verdictOf(title: string, format: string): string {
  const row = rows.find((cells) => cells[2] === title)
  return row?.[columns.indexOf(format)] ?? 'not there'
}

/** Where no outcome was achieved nothing is awarded. */
const awards = richAwardRecords.filter((record) => findRecognisedOutcomes(record).length > 0)

const reports = ({ losses }: ReadBack, pointers: readonly string[]) =>
  losses.some(({ pointer }) => pointers.some((start) => pointer.startsWith(start)))

describe('what docs/formats.md calls carried', () => {
  it('has a rule here for every element that any format carries', () => {
    const carried = rows.filter((cells) => cells.includes('carried')).map((cells) => cells[2])
    // Derived from others: the record has no member for it. Parts are compared in composite-award.test.ts.
    const elsewhere = ['Assurance of the assessment', 'Parts of a whole']
    expect(carried.filter((title) => !elsewhere.includes(title ?? ''))).toEqual(
      carriedElements.map(({ title }) => title),
    )
  })

  it.each(carriedElements.map((element) => [element.title, element] as const))(
    'comes back of any award, or its loss is reported: %s',
    (title, { isKept, pointers }) => {
      fc.assert(
        fc.property(awards, (record) => {
          for (const back of readInEveryFormat(record))
            if (verdictOf(title, back.title) === 'carried' && !reports(back, pointers))
              expect([back.title, isKept(record, back.read)]).toEqual([back.title, true])
        }),
        { numRuns: 25 },
      )
    },
    60_000,
  )
})
