import { describe, expect, it } from 'vitest'
import { parseOptions, sectionNames } from './options.ts'

describe('parseOptions', () => {
  it('measures everything at length, and only then writes the page', () => {
    expect(parseOptions([])).toMatchObject({ sections: sectionNames, isComplete: true })
    for (const args of [['--quick'], ['--only', 'signing'], ['--profile', 'profiles']])
      expect(parseOptions(args).isComplete).toBe(false)
  })

  it('is shorter when it is to be quick', () => {
    const [long, short] = [parseOptions([]), parseOptions(['--quick'])]
    expect(short.flows.roundMilliseconds).toBeLessThan(long.flows.roundMilliseconds)
    expect(short.repetitions).toBeLessThan(long.repetitions)
  })

  it('takes some sections, and refuses one that does not exist', () => {
    expect(parseOptions(['--only', 'signing, status']).sections).toEqual(['signing', 'status'])
    expect(() => parseOptions(['--only', 'everything'])).toThrow(/signing, verifying/)
    expect(() => parseOptions(['--fast'])).toThrow()
  })
})
