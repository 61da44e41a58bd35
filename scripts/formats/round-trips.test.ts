import { describe, expect, it } from 'vitest'
import { elements, readElement } from './elements.ts'
import { runRoundTrips } from './round-trips.ts'
import { writeFormatsPage } from './write-table.ts'

const trips = runRoundTrips()
const formatsWith = (title: string) => {
  const element = elements.find((one) => one.title === title)
  if (!element) throw new Error(`no element ${title}`)
  return trips
    .filter(({ back }) => readElement(back, element) !== undefined)
    .map(({ name }) => name)
}
const standard = ['sd_jwt_vc', 'elm', 'open_badge']
const all = [...standard, 'webuild_micro_credential', 'webuild_verified_skill']

describe('an award in every format and back', () => {
  it.each([
    'Title',
    'Country of the issuer',
    'Date of the award',
    'Learning outcomes',
    'Quality assurance',
    'The definition’s address',
    'The award’s identifier',
  ])('keeps in all of them: %s', (title) => {
    expect(formatsWith(title)).toEqual(all)
  })

  it.each(['Levels', 'Validation: standard', 'Parts of a whole'])(
    'keeps in the three that everybody issues: %s',
    (title) => {
      expect(formatsWith(title)).toEqual(expect.arrayContaining(standard))
    },
  )

  it('never has levels or credits in a verified skill, nor a validation in a micro-credential', () => {
    for (const title of ['Levels', 'Notional workload: credits'])
      expect(formatsWith(title)).not.toContain('webuild_verified_skill')
    const line = writeFormatsPage(trips)
      .split('\n')
      .find((one) => one.includes('Validation: standard'))
    expect(line).toMatch(/\*\*refused\*\* +\| carried +\|$/)
  })

  it('says of every element in some format', () => {
    const silent = elements.filter(({ title }) => formatsWith(title).length === 0)
    expect(silent).toEqual([])
  })

  it('calls what does not come back lost', () => {
    const without = trips.map((trip) => {
      const { levels: _, ...back } = trip.back
      return trip.name === 'elm' ? { ...trip, back } : trip
    })
    const line = writeFormatsPage(without)
      .split('\n')
      .find((one) => one.includes('| Levels'))
    expect(line).toMatch(/carried .*\*\*lost\*\* .*carried/)
  })
})
