import { awardExample } from '@mikromerit/credentials'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { achievementId, anImportContext, collect, rowsAmong } from '../../test/import-context.ts'
import { createAwardFile } from './award-file.ts'
import { readAwardCsv } from './read-award-table.ts'

const award = {
  achievementId,
  awardedOn: '2026-06-05',
  learner: { familyName: 'Öst', givenName: 'Åsa', birthDate: '1990-02-28' },
  activity: { start: '2026-03-30', end: '2026-05-29' },
  result: { grade: 'G' },
  sourceReference: 'ladok-17',
}

const readBack = async (text: string) =>
  rowsAmong(await collect(readAwardCsv(Buffer.from(text), anImportContext())))

/** Texts as an import keeps them: composed, tidy, of no more than one kind of space. */
const names = fc
  .string({ unit: fc.constantFrom(...'aÅö"\';,=+-@ '), minLength: 1, maxLength: 12 })
  .map((text) => text.replace(/ +/g, ' ').trim())
  // What begins with an apostrophe before such a mark is what spreadsheets read as text.
  .filter((text) => text !== '' && !/^'\s*[=+\-@]/.test(text) && !text.includes('@'))

describe('createAwardFile', () => {
  it.each(['sv', 'en'] as const)('writes what the import reads back: %s', async (locale) => {
    const { head, row } = createAwardFile(locale)
    const rows = await readBack(head + row(award) + row({ ...award, sourceReference: 'ladok-18' }))
    expect(rows.map(({ draft }) => draft)).toEqual([
      award,
      { ...award, sourceReference: 'ladok-18' },
    ])
  })

  it('keeps any name, whatever a spreadsheet would make of it', async () => {
    const { head, row } = createAwardFile('sv')
    await fc.assert(
      fc.asyncProperty(names, names, async (familyName, sourceReference) => {
        const any = { ...award, learner: { familyName }, sourceReference }
        const [read] = await readBack(head + row(any))
        expect(read?.draft).toEqual(any)
      }),
      { numRuns: 60 },
    )
  })

  it('never lets a cell begin as a formula does (S-31)', () => {
    const { row } = createAwardFile('sv')
    for (const start of ['=', '+', '-', '@', '\t=', ' =', '\uff1d'])
      expect(row({ ...award, learner: { familyName: `${start}HYPERLINK(1)` } })).toMatch(/^"?'/)
  })

  it('leaves empty what an award does not have', () => {
    const { row } = createAwardFile('en')
    const { learner, awardedOn } = awardExample
    expect(row({ achievementId, awardedOn, learner: { familyName: learner.familyName } })).toBe(
      `${learner.familyName},,,,,${awardedOn},,,,,,,${achievementId}\r\n`,
    )
  })
})
