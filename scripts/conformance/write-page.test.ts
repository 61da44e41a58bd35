import { expect, it } from 'vitest'
import { writePage } from './write-page.ts'

const sections = [
  {
    title: 'Issuer',
    rows: [
      { id: 'X-01', rule: 'once' },
      { id: 'X-02', rule: 'twice' },
    ],
  },
]
const test = { file: 'a.test.ts', title: 'works | once', rows: ['X-01'] }

it('links each row to its tests, or says why there is none', () => {
  const { text, faults } = writePage(sections, [test], { 'X-02': 'nobody asks for it' })
  expect(faults).toEqual([])
  expect(text).toContain('1 of 2 rows are met')
  expect(text).toContain(String.raw`| X-01 | once | [works \| once](../a.test.ts) |`)
  expect(text).toContain('| X-02 | twice | **not met**: nobody asks for it |')
})

it('has a fault for a row without answer, with two answers, and for an unknown id', () => {
  const stray = { ...test, rows: ['X-01', 'X-09'] }
  expect(writePage(sections, [stray], { 'X-01': 'not yet' }).faults).toEqual([
    'X-02 has neither a test nor a reason',
    'X-01 is met by a test, and said not to be met',
    'X-09 is no row',
  ])
})
