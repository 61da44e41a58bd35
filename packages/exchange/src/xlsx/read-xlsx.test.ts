import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aWorkbook, type WorkbookParts, workbookFiles } from '../../test/workbooks.ts'
import { ImportFault } from '../findings/import-fault.ts'
import { type TableLimits, type TableRow, tableLimits } from '../tabular/table.ts'
import { writeZip } from '../zip/write-zip.ts'
import { readXlsx } from './read-xlsx.ts'

async function rowsOf(bytes: Uint8Array, limits: Partial<TableLimits> = {}) {
  const rows: TableRow[] = []
  for await (const row of readXlsx(bytes, { ...tableLimits, ...limits })) rows.push(row)
  return rows
}

const cellsOf = async (parts: WorkbookParts) =>
  (await rowsOf(aWorkbook(parts))).map(({ cells }) => cells)

const faultOf = async (bytes: Uint8Array, limits?: Partial<TableLimits>) => {
  const fault = await rowsOf(bytes, limits).catch((error: unknown) => error)
  return fault instanceof ImportFault ? fault.finding : fault
}

const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`

describe('readXlsx', () => {
  it('reads shared, rich, inline and calculated texts, booleans and numbers', async () => {
    const sharedStrings =
      '<si><t>Ek</t></si><si><r><t>El</t></r><r><t xml:space="preserve">sa </t></r><rPh><t>x</t></rPh></si>'
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>å&amp;b</t></is></c></row>' +
      '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3"><v>7.4999999999999997</v></c><c r="C3" t="str"><v>x</v></c></row>'
    expect(await cellsOf({ rows, sharedStrings })).toEqual([
      ['Ek', 'Elsa ', '', 'å&b'],
      ['TRUE', '7.5', 'x'],
    ])
    expect((await rowsOf(aWorkbook({ rows, sharedStrings }))).map(({ row }) => row)).toEqual([1, 3])
  })

  it('tells days by their style, counted from 1900 or 1904', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="0.00 &quot;dagar&quot;"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    const rows =
      '<row><c><v>46178</v></c><c s="1"><v>46178</v></c><c s="2"><v>46178.75</v></c><c s="3"><v>46178</v></c></row>'
    expect(await cellsOf({ rows, styles })).toEqual([
      ['46178', '2026-06-05', '2026-06-05', '46178'],
    ])
    const from1904 = { rows, styles, workbookPr: '<workbookPr date1904="1"/>' }
    expect(await rowsOf(aWorkbook(from1904))).toMatchObject([
      { cells: ['46178', '2030-06-06', '2030-06-06', '46178'], countsFrom1904: true },
    ])
  })

  it('never evaluates a formula, and says that it is one (S-31)', async () => {
    const rows =
      '<row><c><f>HYPERLINK("https://attacker.example")</f><v>1</v></c><c t="str"><f/><v>x</v></c></row>'
    expect(await cellsOf({ rows })).toEqual([
      [
        { isFormula: true, text: '1' },
        { isFormula: true, text: 'x' },
      ],
    ])
  })

  it('reads the first visible sheet', async () => {
    const files = {
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><sheets><sheet sheetId="1" state="hidden" r:id="rId9"/><sheet sheetId="2" r:id="rId1"/></sheets></workbook>',
    }
    expect(await cellsOf({ rows: `<row>${inline('seen')}</row>`, files })).toEqual([['seen']])
  })

  it('reads what ExcelJS writes', async () => {
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('Tilldelningar')
    sheet.addRow(['Efternamn', 'Tilldelad', 'Poäng'])
    sheet.addRow(['Exempelsson', new Date('2026-06-05T00:00:00Z'), 7.5])
    sheet.addRow(['Öst', { formula: 'TODAY()', result: 1 }, undefined])
    const bytes = Buffer.from(await workbook.xlsx.writeBuffer())
    expect((await rowsOf(bytes)).map(({ cells }) => cells)).toEqual([
      ['Efternamn', 'Tilldelad', 'Poäng'],
      ['Exempelsson', '2026-06-05', '7.5'],
      ['Öst', { isFormula: true, text: '1' }],
    ])
  })
})

describe('a hostile workbook', () => {
  it('that unpacks to far more than it is, is refused while unpacking', async () => {
    const bomb = aWorkbook({ rows: `<row>${inline('0'.repeat(30_000))}</row>`.repeat(2000) })
    expect(bomb.length).toBeLessThan(300_000)
    expect(await faultOf(bomb)).toMatchObject({ code: 'IMPORT_ARCHIVE_UNSAFE' })
  })

  it('that unpacks to more than allowed in all is refused', async () => {
    const rows = Array.from(
      { length: 5000 },
      (_, row) => `<row>${inline(String(row * 7919))}</row>`,
    )
    const bytes = aWorkbook({ rows: rows.join('') })
    expect(await faultOf(bytes, { bytes: 100_000 })).toMatchObject({
      code: 'IMPORT_ARCHIVE_UNSAFE',
    })
  })

  it('that lies about its sizes is refused', async () => {
    const bytes = aWorkbook({ rows: `<row>${inline('a')}</row>` })
    const sizes = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24
    bytes.writeUInt32LE(bytes.readUInt32LE(sizes) - 1, sizes)
    expect(await faultOf(bytes)).toMatchObject({ code: 'IMPORT_FORMAT' })
  })

  it.each<[string, string, string]>([
    ['a document type declaration', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', 'XML_DOCTYPE'],
    ['broken XML', '<worksheet><row>', 'XML_MALFORMED'],
    ['a text without end', `<worksheet><row><c><v>${'9'.repeat(900_000)}`, 'XML_TOO_COMPLEX'],
    ['endless attributes', `<worksheet ${'a="1" '.repeat(200_000)}/>`, 'XML_TOO_COMPLEX'],
    ['elements without end', `<worksheet>${'<a>'.repeat(1000)}`, 'XML_TOO_COMPLEX'],
    ['rows that go back', '<worksheet><row r="2"/><row r="1"/></worksheet>', 'IMPORT_FORMAT'],
    [
      'columns that go back',
      '<worksheet><row><c r="B1"/><c r="A1"/></row></worksheet>',
      'IMPORT_FORMAT',
    ],
    ['a far column', '<worksheet><row><c r="XFD1"/></row></worksheet>', 'IMPORT_TOO_MANY_COLUMNS'],
    [
      'a row of endless cells',
      `<worksheet><row>${'<c/>'.repeat(10_000)}</row></worksheet>`,
      'IMPORT_TOO_MANY_COLUMNS',
    ],
    [
      'a text in pieces without end',
      `<worksheet><row><c t="str"><v>${'x'.repeat(1000).concat('<!-- -->').repeat(200)}</v></c></row></worksheet>`,
      'IMPORT_ROW_TOO_LONG',
    ],
    ['a far row', '<worksheet><row r="1000000"/></worksheet>', 'IMPORT_TOO_MANY_ROWS'],
    ['a row beyond all rows', '<worksheet><row r="9000000"/></worksheet>', 'IMPORT_FORMAT'],
    [
      'a long row',
      `<worksheet><row>${inline('x'.repeat(30_000)).repeat(3)}</row></worksheet>`,
      'IMPORT_ROW_TOO_LONG',
    ],
  ])('with %s is refused', async (_, sheet, code) => {
    const bytes = aWorkbook({ rows: '', files: { 'xl/worksheets/sheet1.xml': sheet } })
    expect(await faultOf(bytes)).toMatchObject({ code })
  })

  it.each<[string, Record<string, string>, string]>([
    [
      'an entity in its shared texts',
      { 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst/>' },
      'XML_DOCTYPE',
    ],
    [
      'entities that multiply in its styles',
      { 'xl/styles.xml': '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><styleSheet/>' },
      'XML_DOCTYPE',
    ],
    [
      'an external subset in its relationships',
      { '_rels/.rels': '<!DOCTYPE x SYSTEM "https://attacker.example/x.dtd"><Relationships/>' },
      'XML_DOCTYPE',
    ],
    [
      'relationships without end',
      {
        '_rels/.rels': `<Relationships>${Array.from({ length: 10_001 }, (_, n) => `<Relationship Target="${n * 7919}"/>`).join('')}</Relationships>`,
      },
      'XML_TOO_COMPLEX',
    ],
    [
      'styles without end',
      {
        'xl/styles.xml': `<styleSheet><cellXfs>${Array.from({ length: 65_537 }, (_, n) => `<xf numFmtId="${n}"/>`).join('')}</cellXfs></styleSheet>`,
      },
      'XML_TOO_COMPLEX',
    ],
    [
      'a sheet that lies outside the archive',
      {
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>',
      },
      'IMPORT_FORMAT',
    ],
    [
      'a sheet that is said to lie on another machine',
      {
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="rId1" Type="x/worksheet" TargetMode="External" Target="worksheets/sheet1.xml"/></Relationships>',
      },
      'IMPORT_FORMAT',
    ],
  ])('with %s is refused before its rows', async (_, files, code) => {
    expect(await faultOf(aWorkbook({ rows: '', files }))).toMatchObject({ code })
  })

  it('within another is no workbook', async () => {
    const bytes = aWorkbook({ rows: '' }).toString('latin1')
    expect(await faultOf(writeZip({ 'xl/worksheets/sheet1.xml': bytes }))).toMatchObject({
      code: 'IMPORT_FORMAT',
    })
  })

  it.each<[string, Uint8Array, string]>([
    [
      'an older or protected workbook',
      Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(100)}`, 'hex'),
      'IMPORT_ENCRYPTED',
    ],
    ['no archive', Buffer.from('Efternamn;Tilldelad\n'), 'IMPORT_FORMAT'],
    ['nothing', new Uint8Array(), 'IMPORT_FORMAT'],
    ['an archive of something else', writeZip({ 'readme.txt': 'x' }), 'IMPORT_FORMAT'],
    ['a workbook cut short', aWorkbook({ rows: '' }).subarray(0, 400), 'IMPORT_FORMAT'],
    [
      'too many files',
      writeZip(Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`${n}`, '']))),
      'IMPORT_ARCHIVE_UNSAFE',
    ],
  ])('is refused when it is %s', async (_, bytes, code) => {
    expect(await faultOf(bytes)).toMatchObject({ code })
  })

  it('with the same part twice is refused: who reads which?', async () => {
    const files = workbookFiles({ rows: '' })
    const bytes = writeZip({ ...files, 'xl/worksheets/sheet2.xml': '<worksheet/>' })
    const renamed = Buffer.from(
      bytes.toString('latin1').replaceAll('sheet2.xml', 'sheet1.xml'),
      'latin1',
    )
    expect(await faultOf(renamed)).toMatchObject({ code: 'IMPORT_ARCHIVE_UNSAFE' })
  })

  it('altered in any one byte gives its rows or a fault, never anything else', async () => {
    const bytes = aWorkbook({ rows: `<row>${inline('a')}</row>` })
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const altered = Buffer.from(bytes)
          altered.writeUInt8((altered[at] ?? 0) ^ flip, at)
          const outcome = await rowsOf(altered).catch((error: unknown) => error)
          return Array.isArray(outcome) || outcome instanceof ImportFault
        },
      ),
    )
  })
})
