import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportFault } from '../findings/import-fault.ts'
import { readCsv } from './read-csv.ts'
import { type TableLimits, type TableRow, tableLimits } from './table.ts'

async function rowsOf(text: string | Uint8Array, limits: Partial<TableLimits> = {}) {
  const rows: TableRow[] = []
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  for await (const row of readCsv(bytes, { ...tableLimits, ...limits })) rows.push(row)
  return rows
}

const cellsOf = async (text: string | Uint8Array) => (await rowsOf(text)).map(({ cells }) => cells)

const faultOf = async (text: string, limits?: Partial<TableLimits>) => {
  const fault = await rowsOf(text, limits).catch((error: unknown) => error)
  return fault instanceof ImportFault ? fault.finding : fault
}

describe('readCsv', () => {
  it.each([
    ['semicolons', 'a;b,c\n1;2,5\n'],
    ['tabs', 'a\tb,c\r\n1\t2,5\r\n'],
    ['commas and quotes', 'a,"b,c"\r1,"2,5"\r'],
    ['a declared separator', 'sep=;\r\na;b,c\r\n1;2,5'],
  ])('reads %s', async (_, text) => {
    expect(await cellsOf(text)).toEqual([
      ['a', 'b,c'],
      ['1', '2,5'],
    ])
  })

  it('looks past remarks for the separator', async () => {
    expect(await cellsOf('"# a, b, c, d"\nx;y\n')).toEqual([['# a, b, c, d'], ['x', 'y']])
  })

  it('counts rows as spreadsheets do, and lines as editors do', async () => {
    const rows = await rowsOf('a;b\n\n"1\n2";3\n4;5\n')
    expect(rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 1],
      [3, 3],
      [4, 5],
    ])
  })

  it('keeps quotes, line breaks and spaces of a quoted cell', async () => {
    expect(await cellsOf('a\n" ""x""\n y "\n')).toEqual([['a'], [' "x"\n y ']])
  })

  it.each([
    ['a quote never closed', 'a;b\n1;"2\n3;4\n', { code: 'IMPORT_QUOTES', row: 2 }],
    ['a quote in the middle', 'a;b\n1;2"3\n', { code: 'IMPORT_QUOTES', row: 2, line: 2 }],
    ['text behind a quote', 'a;b\n1;2\n"3"4;5\n', { code: 'IMPORT_QUOTES', row: 3, line: 3 }],
    ['nothing', '', { code: 'IMPORT_EMPTY' }],
    ['blank lines', ' \n\n', { code: 'IMPORT_EMPTY' }],
  ])('refuses %s, and says where', async (_, text, finding) => {
    expect(await faultOf(text)).toMatchObject(finding)
  })

  it('refuses a row of a million columns without keeping it', async () => {
    expect(await faultOf(`a;b\n${';'.repeat(1_000_000)}\n`)).toMatchObject({
      code: 'IMPORT_ROW_TOO_LONG',
      row: 2,
    })
    expect(await faultOf(`a;b\n${';'.repeat(300)}\n`)).toMatchObject({
      code: 'IMPORT_TOO_MANY_COLUMNS',
      row: 2,
    })
  })

  it('refuses a cell that never ends, and more rows than allowed', async () => {
    expect(await faultOf(`a\n"${'x'.repeat(200_000)}`)).toMatchObject({
      code: 'IMPORT_ROW_TOO_LONG',
    })
    expect(await faultOf('a\n1\n2\n3\n', { rows: 3 })).toMatchObject({
      code: 'IMPORT_TOO_MANY_ROWS',
      row: 4,
    })
  })

  it('hands out the rows before a fault', async () => {
    const rows: number[] = []
    const read = async () => {
      for await (const { row } of readCsv(Buffer.from('a\n1\n"2'), tableLimits)) rows.push(row)
    }
    await expect(read()).rejects.toBeInstanceOf(ImportFault)
    expect(rows).toEqual([1, 2])
  })

  it('stops asking for bytes when nobody reads on', async () => {
    let isReturned = false
    const source = (async function* () {
      try {
        for (;;) yield Buffer.from('a;b;c\n'.repeat(10_000))
      } finally {
        isReturned = true
      }
    })()
    for await (const _ of readCsv(source, tableLimits)) break
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(isReturned).toBe(true)
  })

  it('reads every table back that is quoted by the rules', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((text) => !/[\0\ufeff]/.test(text))
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(',', ';', '\t'), async (rows, separator) => {
        const lines = [['x', 'y', 'z'], ...rows].map((cells) =>
          cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator),
        )
        const read = await cellsOf(`${lines.join('\r\n')}\r\n`)
        return JSON.stringify(read.slice(1)) === JSON.stringify(rows)
      }),
    )
  })

  it('never hangs and never throws anything but a fault, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const outcome = await rowsOf(bytes).catch((error: unknown) => error)
        return Array.isArray(outcome) || outcome instanceof ImportFault
      }),
    )
  })
})
