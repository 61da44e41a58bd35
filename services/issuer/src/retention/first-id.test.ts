import { newId } from '@mikromerit/service-kit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstIdAt } from './first-id.ts'

it('lies before every id of its moment and after those of the moment before', () => {
  const id = newId()
  const moment = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  expect(firstIdAt(new Date(moment)) <= id).toBe(true)
  expect(firstIdAt(new Date(moment + 1)) > id).toBe(true)
})

it('sorts as its moments do', () => {
  const time = fc.integer({ min: 0, max: 2 ** 48 - 2 })
  fc.assert(
    fc.property(time, (at) => {
      expect(firstIdAt(new Date(at)) < firstIdAt(new Date(at + 1))).toBe(true)
    }),
  )
})
