import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anImportContext, collect, rowsAmong } from '../../test/import-context.ts'
import { createErrorFile } from './error-file.ts'
import { readAwardCsv } from './read-award-table.ts'
import { readCsv } from './read-csv.ts'
import { cellText, tableLimits } from './table.ts'
import { writeCsvRow } from './write-csv.ts'

async function errorFileOf(text: string) {
  const items = await collect(readAwardCsv(Buffer.from(text), anImportContext()))
  const header = items.find((item) => item.kind === 'header')
  const file = createErrorFile(header?.cells ?? [], 'sv')
  return (
    file.head +
    rowsAmong(items)
      .filter(({ draft }) => !draft)
      .map(file.row)
      .join('')
  )
}

const cellsOf = async (text: string) => {
  const rows: string[][] = []
  for await (const { cells } of readCsv(Buffer.from(text), tableLimits))
    rows.push(cells.map(cellText))
  return rows
}

describe('the error file', () => {
  it('holds the rows that could not be taken, as they stood, and says why', async () => {
    const file = await errorFileOf(
      'Efternamn;Tilldelad;Annat\nÖst;2026-06-05;a\nEk;igår;"b;\nc"\nEk;2026-02-30\n',
    )
    expect(await cellsOf(file)).toEqual([
      ['Rad', 'Efternamn', 'Tilldelad', 'Annat', 'Fel'],
      [
        '3',
        'Ek',
        'igår',
        'b;\nc',
        'Tilldelad: Detta är inte ett datum (ÅÅÅÅ-MM-DD). [DATE_INVALID]',
      ],
      [
        '4',
        'Ek',
        '2026-02-30',
        '',
        'Tilldelad: Detta är inte ett datum (ÅÅÅÅ-MM-DD). [DATE_INVALID]',
      ],
    ])
  })

  it('can be corrected and sent again', async () => {
    const file = await errorFileOf('Efternamn;Tilldelad\nEk;igår\n')
    const corrected = Buffer.from(file.replace('igår', '2026-06-05'))
    expect(await collect(readAwardCsv(corrected, anImportContext()))).toMatchObject([
      { kind: 'header', findings: [] },
      { kind: 'row', draft: { learner: { familyName: 'Ek' } } },
    ])
  })

  it('does not spread a personnummer', async () => {
    const file = await errorFileOf(
      'Efternamn;Tilldelad;Anteckning\nEk 640823-3234;igår;19640823-3234\n',
    )
    expect(file).not.toMatch(/640823/)
  })

  it('names the row that another one repeats', async () => {
    const file = await errorFileOf(
      'Efternamn;Tilldelad;Referens\nEk;2026-06-05;1\nAl;2026-06-05;1\n',
    )
    expect(file).toContain('(Rad 2) [IMPORT_REFERENCE_REPEATED]')
  })
})

describe('writeCsvRow', () => {
  it.each(['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '\n@x'])(
    'leaves nothing that a spreadsheet would calculate of %j',
    async (text) => {
      expect((await cellsOf(`x;y\r\n${writeCsvRow([text, ''])}`))[1]?.[0]).toBe(`'${text}`)
    },
  )

  it('leaves numbers, dates and names alone', () => {
    expect(writeCsvRow(['-7,5', '2026-06-05', 'Öst-Ek', ''])).toBe('-7,5;2026-06-05;Öst-Ek;\r\n')
  })

  it('writes what readCsv reads back', async () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\0\ufeff]/g, ''))
    const cells = fc.array(cell, { minLength: 2, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(cells, async (row) => {
        const [, read] = await cellsOf(`x;y;z\r\n${writeCsvRow(row)}`)
        const plain = read?.map((text, index) => (text === `'${row[index]}` ? row[index] : text))
        return JSON.stringify(plain ?? row.slice(0, 0)) === JSON.stringify(row)
      }),
    )
  })
})
