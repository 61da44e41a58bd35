import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { ImportItem } from '../src/awards/import-item.ts'
import { readAwardCsv, readAwardJson, readAwardXlsx } from '../src/index.ts'
import { anImportContext } from './import-context.ts'
import { aWorkbook } from './workbooks.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const rows = 100_000
const limits = { rows: rows + 10 }

/** Bytes on the heap that are still in use. */
function heapInUse(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

/** Reads to the end, and measures what is held at the tenth part and at the last row. */
async function measure(items: AsyncIterable<ImportItem>) {
  let drafts = 0
  let early = 0
  let late = 0
  for await (const item of items) {
    if (item.kind === 'failed') throw new Error(item.finding.code)
    if (item.kind !== 'row' || !item.draft) continue
    drafts++
    if (drafts === rows / 10) early = heapInUse()
    if (drafts === rows) late = heapInUse()
  }
  return { drafts, growth: (late - early) / 1024 / 1024 }
}

/** Enough for the numbers by which duplicates are found, far from the rows themselves. */
const mostMegabytes = 24

function* csvChunks() {
  yield Buffer.from('Efternamn;Förnamn;Tilldelad;Betyg;Referens\n')
  for (let row = 0; row < rows; row += 1000) {
    const lines = Array.from(
      { length: 1000 },
      (_, at) => `Öst${letters(row + at)};Åsa;2026-06-05;G;r-${row + at}\n`,
    )
    yield Buffer.from(lines.join(''))
  }
}

function* jsonChunks() {
  for (let row = 0; row < rows; row++) {
    const award = {
      learner: { familyName: `Öst${letters(row)}` },
      awardedOn: '2026-06-05',
      sourceReference: `r-${row}`,
    }
    yield Buffer.from(`${row === 0 ? '[' : ',\n'}${JSON.stringify(award)}`)
  }
  yield Buffer.from(']')
}

const letters = (number: number) =>
  number.toString(36).replace(/\d/g, (digit) => 'qwrtypsdfg'[Number(digit)] ?? '')

describe.each<[string, () => AsyncIterable<ImportItem>]>([
  ['CSV', () => readAwardCsv(csvChunks(), anImportContext(), limits)],
  ['JSON', () => readAwardJson(jsonChunks(), anImportContext(), limits)],
])('100,000 awards in %s', (_, open) => {
  it('are read in constant memory', async () => {
    const { drafts, growth } = await measure(open())
    expect(drafts).toBe(rows)
    expect(growth).toBeLessThan(mostMegabytes)
  }, 120_000)
})

describe('100,000 awards in XLSX', () => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const shared = (index: number) => `<c t="s"><v>${index}</v></c>`

  it('are read in constant memory', async () => {
    const lines = Array.from(
      { length: rows },
      (_, row) =>
        `<row>${cell(`Öst${letters(row)}`)}${shared(0)}<c><v>46178</v></c>${cell(`r-${row}`)}</row>`,
    )
    const header = `<row>${['Efternamn', 'Förnamn', 'Tilldelad', 'Referens'].map(cell).join('')}</row>`
    const workbook = aWorkbook({
      rows: header + lines.join(''),
      sharedStrings: '<si><t>Åsa</t></si>',
    })
    lines.length = 0
    const { drafts, growth } = await measure(readAwardXlsx(workbook, anImportContext(), limits))
    expect(drafts).toBe(rows)
    expect(growth).toBeLessThan(mostMegabytes)
  }, 120_000)
})
