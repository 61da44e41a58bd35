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
const notMet = { state: 'not met', why: 'nobody asks for it' } as const
const partly = { state: 'partly', why: 'only on Mondays' } as const

it('links each row to its tests, or says why there is none', () => {
  const { text, faults } = writePage(sections, [test], { 'X-02': notMet })
  expect(faults).toEqual([])
  expect(text).toContain('1 of 2 rows are met, 0 partly, 1 not.')
  expect(text).toContain(String.raw`| X-01 | once | [works \| once](../a.test.ts) |`)
  expect(text).toContain('| X-02 | twice | **not met**: nobody asks for it |')
})

it('says what is missing beside what is there', () => {
  const { text } = writePage(sections, [test], { 'X-01': partly, 'X-02': notMet })
  expect(text).toContain('0 of 2 rows are met, 1 partly, 1 not.')
  expect(text).toContain('**partly**: only on Mondays<br>[works')
})

it('has a fault for a row without answer, with two answers, and for an unknown id', () => {
  const stray = { ...test, rows: ['X-01', 'X-09'] }
  expect(writePage(sections, [stray], { 'X-01': notMet }).faults).toEqual([
    'X-01 is met by a test, and said not to be met',
    'X-02 has neither a test nor a reason',
    'X-09 is no row',
  ])
  expect(writePage(sections, [test], { 'X-02': partly }).faults).toEqual([
    'X-02 is said to be partly met, by no test',
  ])
})
