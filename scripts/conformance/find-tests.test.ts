import { expect, it } from 'vitest'
import { findTests } from './find-tests.ts'

// Put together here, so that this file names no rows itself.
const ids = (...names: string[]) => `(${names.join(', ')})`

it('finds the rows that titles name, one or several', () => {
  const source = `
    it('refuses an old proof ${ids('I-23', 'S-01')}', async () => {})
    describe("a list ${ids('V-21')}", () => {})
    it('names no row', () => {})`
  expect(findTests('a.test.ts', source)).toEqual([
    { file: 'a.test.ts', title: 'refuses an old proof', rows: ['I-23', 'S-01'] },
    { file: 'a.test.ts', title: 'a list', rows: ['V-21'] },
  ])
})

it('does not take comments for tests', () => {
  expect(findTests('a.test.ts', `// as the rule says ${ids('I-23')}\nit('is', () => {})`)).toEqual(
    [],
  )
})
