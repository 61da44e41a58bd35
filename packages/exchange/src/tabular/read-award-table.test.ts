import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  achievementId,
  anImportContext,
  codesOf,
  collect,
  rowsAmong,
} from '../../test/import-context.ts'
import { aWorkbook } from '../../test/workbooks.ts'
import { readAwardCsv, readAwardXlsx } from './read-award-table.ts'

// The example in Skatteverket's brochure SKV 704.
const personalNumber = '640823-3234'

const readTable = (text: string, context = anImportContext()) =>
  collect(readAwardCsv(Buffer.from(text), context))

const readRows = async (text: string, context = anImportContext()) =>
  rowsAmong(await readTable(text, context))

/** The findings of one row with these cells, under our usual header. */
const findingsOf = async (cells: Readonly<Record<string, string>>, context = anImportContext()) => {
  const all = { Efternamn: 'Öst', Tilldelad: '2026-06-05', ...cells }
  const [row] = await readRows(
    `${Object.keys(all).join(';')}\n${Object.values(all).join(';')}\n`,
    context,
  )
  if (!row) throw new Error('no row')
  expect(row.draft === undefined).toBe(row.findings.some(({ severity }) => severity === 'error'))
  return codesOf(row)
}

describe('readAwardCsv', () => {
  it('reads an award with all its columns, in Swedish', async () => {
    const [header, row] = await readTable(
      'Efternamn;Förnamn;Födelsedatum;E-post;Externt id;Tilldelad;Betyg;Startdatum;Slutdatum;Giltig till;Referens;Kurskod;Poäng;Timmar;Ämnesområde\n' +
        'Öst ;Åsa\u00a0 Li;19900228;asa@example.org;urn:x:1;2026-06-05;g;2026-03-30;46171;2031-06-05;ladok-17;EX123U;3,0;80;0688\n',
    )
    expect(header).toMatchObject({ kind: 'header', findings: [] })
    expect(row).toMatchObject({
      kind: 'row',
      row: 2,
      line: 2,
      findings: [],
      draft: {
        achievementId,
        learner: {
          familyName: 'Öst',
          givenName: 'Åsa Li',
          birthDate: '1990-02-28',
          email: 'asa@example.org',
          externalId: 'urn:x:1',
        },
        awardedOn: '2026-06-05',
        result: { grade: 'G' },
        activity: { start: '2026-03-30', end: '2026-05-29' },
        validUntil: '2031-06-05',
        sourceReference: 'ladok-17',
      },
    })
  })

  it.each([
    ['avancerad nybörjare', 'advanced_beginner'],
    ['Advanced beginner', 'advanced_beginner'],
    ['advanced-beginner', 'advanced_beginner'],
    ['Skicklig', 'proficient'],
  ])('reads the stage of a skill written as %s', async (text, proficiency) => {
    const table = `Efternamn;Tilldelad;Färdighetsstadium\nÖst;2026-06-05;${text}\n`
    expect((await readTable(table))[1]).toMatchObject({ findings: [], draft: { proficiency } })
  })

  it('reads English headers, however they are written', async () => {
    const [, row] = await readTable(
      '"FAMILY NAME *",given_name,Date of birth (YYYY-MM-DD),awardedOn\nÖst,Åsa,1990-02-28,2026-06-05\n',
    )
    expect(row).toMatchObject({
      draft: {
        learner: { familyName: 'Öst', givenName: 'Åsa', birthDate: '1990-02-28' },
        awardedOn: '2026-06-05',
      },
    })
  })

  it('passes over remarks, empty rows and columns it does not know', async () => {
    const items = await readTable(
      '"# Fyll i en rad per person";\nEfternamn;Skostorlek;Tilldelad\n\n;;\nÖst;43;2026-06-05\n# färdig\n',
    )
    expect(items).toMatchObject([
      { kind: 'header', findings: [{ code: 'IMPORT_COLUMN_UNKNOWN', row: 2, column: 2 }] },
      { kind: 'row', row: 5 },
    ])
  })

  it.each([
    ['without a needed column', 'Efternamn;Betyg\nÖst;G\n', 'IMPORT_COLUMN_MISSING', undefined],
    [
      'with two columns of one meaning',
      'Efternamn;Surname;Tilldelad\nÖ;Ö;2026-06-05\n',
      'IMPORT_COLUMN_REPEATED',
      2,
    ],
    [
      'with a column of personnummer',
      'Personnummer;Efternamn;Tilldelad\nx;Ö;2026-06-05\n',
      'PERSONNUMMER_IN_TEXT',
      1,
    ],
  ])('reads no row of a table %s', async (_, text, code, column) => {
    const items = await readTable(text)
    expect(items).toHaveLength(1)
    expect(items).toMatchObject([{ kind: 'header', findings: [{ code, row: 1 }] }])
    expect(items).toMatchObject([{ findings: [column === undefined ? {} : { column }] }])
  })

  it.each<[string, Record<string, string>, string[]]>([
    ['no name', { Efternamn: ' ' }, ['NAME_MISSING@2:familyName']],
    ['no day', { Tilldelad: '' }, ['VALUE_MISSING@2:awardedOn']],
    ['no such stage', { Färdighetsstadium: 'EQF 6' }, ['VALUE_INVALID@2:proficiency']],
    ['no such day', { Tilldelad: '2026-02-30' }, ['DATE_INVALID@2:awardedOn']],
    ['a day that could be two', { Tilldelad: '05/06/2026' }, ['DATE_INVALID@2:awardedOn']],
    ['a day to come', { Tilldelad: '2026-06-21' }, ['DATE_FUTURE@2:awardedOn']],
    ['a day long ago', { Tilldelad: '2006-06-05' }, ['DATE_OLD@2:awardedOn']],
    [
      'days in the wrong order',
      { Startdatum: '2026-06-01', Slutdatum: '2026-05-01' },
      ['DATE_ORDER@2:activityEnd'],
    ],
    ['an age nobody has', { Född: '1850-01-01' }, ['BIRTHDATE_IMPLAUSIBLE@2:birthDate']],
    ['an address that is none', { Epost: 'asa at example' }, ['EMAIL_INVALID@2:email']],
    ['an address as a name', { Förnamn: 'asa@example.org' }, ['NAME_SUSPECT@2:givenName']],
    ['a name of endless length', { Förnamn: 'x'.repeat(201) }, ['VALUE_TOO_LONG@2:givenName']],
    [
      'a personnummer as a name',
      { Förnamn: personalNumber },
      ['NAME_SUSPECT@2:givenName', 'PERSONNUMMER_IN_TEXT@2:givenName'],
    ],
    [
      'a personnummer as an identifier',
      { 'Externt id': `19${personalNumber.replace('-', '')}` },
      ['PERSONNUMMER_IN_TEXT@2:externalId'],
    ],
    ['a grade of another scale', { Betyg: 'A' }, ['GRADE_NOT_IN_SCHEME@2:grade']],
    ['a grade that does not pass', { Betyg: 'U' }, ['GRADE_NOT_PASSING@2:grade']],
    [
      'a formula',
      { Förnamn: '=HYPERLINK("x")'.replaceAll('"', "'") },
      ['IMPORT_FORMULA@2:givenName'],
    ],
    ['a formula that starts with another sign', { Betyg: '@SUM(A1)' }, ['IMPORT_FORMULA@2:grade']],
    ['a number in words', { Poäng: 'tre' }, ['IMPORT_NUMBER@2:credits']],
    ['credits of nothing', { Poäng: '-3' }, ['WORKLOAD_NOT_POSITIVE@2:credits']],
    ['credits of another course', { Poäng: '7,5' }, ['WORKLOAD_CONTRADICTS@2:credits']],
    ['hours of another course', { Timmar: '200' }, ['WORKLOAD_CONTRADICTS@2:hours']],
    ['a field that lost its zero', { ISCED: '688' }, ['ISCED_ZERO_LOST@2:fieldOfEducation']],
    ['another field', { ISCED: '0912' }, ['FIELD_CONTRADICTS@2:fieldOfEducation']],
    ['no field', { ISCED: 'IT' }, ['ISCED_FORMAT@2:fieldOfEducation']],
    ['no definition', { Kurskod: 'ZZ999' }, ['ACHIEVEMENT_UNKNOWN@2:achievement']],
  ])('says what is wrong with a row that has %s', async (_, cells, codes) => {
    expect(await findingsOf(cells)).toEqual(codes)
  })

  it('says all that is wrong with a row at once, and where', async () => {
    const [row] = await readRows('Efternamn;Tilldelad;Betyg;E-post\n;2026-13-01;U;x\n')
    expect(row?.draft).toBeUndefined()
    expect(row?.findings).toMatchObject([
      { code: 'DATE_INVALID', row: 2, line: 2, column: 2, field: 'awardedOn' },
      { code: 'NAME_MISSING', column: 1 },
      { code: 'EMAIL_INVALID', column: 4 },
    ])
  })

  it('refuses a row that slipped: a cell stands behind the last column', async () => {
    const rows = await readRows('Efternamn;Tilldelad;\nÖst;2026-06-05;\nEk;2026-06-05;;x\n')
    expect(rows.map(codesOf)).toEqual([[], ['IMPORT_CELL_WITHOUT_COLUMN@3:']])
    expect(rows[1]).toMatchObject({ findings: [{ column: 4 }] })
    expect(rows[1]?.draft).toBeUndefined()
  })

  it('never repeats a value it received', async () => {
    const [row] = await readRows('Efternamn;Tilldelad;Förnamn\nÖst;gårdag;=Planted\n')
    expect(JSON.stringify(row?.findings)).not.toMatch(/gårdag|Planted|Öst/)
  })

  it('warns of the same person twice, and refuses the same reference twice', async () => {
    const rows = await readRows(
      'Efternamn;Förnamn;Tilldelad;Referens;ESI\nÖst;Åsa;2026-06-05;r-1;\nEk;Bo;2026-06-05;r-2;urn:x:1\nöst;åsa;2026-06-05;r-3;\nAl;Li;2026-06-05;r-1;\nEk;Bosse;2026-06-04;r-5;urn:x:1\n',
    )
    expect(
      rows.map(({ findings }) => findings.map(({ code, relatedRow }) => [code, relatedRow])),
    ).toEqual([
      [],
      [],
      [['LEARNER_DUPLICATE', 2]],
      [['IMPORT_REFERENCE_REPEATED', 2]],
      [['LEARNER_DUPLICATE', 3]],
    ])
    expect(rows.map(({ draft }) => draft !== undefined)).toEqual([true, true, true, false, true])
  })

  it('matches grades with decimal commas and small letters', async () => {
    const scheme = { id: 's', title: { sv: 's' }, values: ['0', '4.5', 'Väl'], passing: '4.5' }
    const { assessment } = { assessment: { types: ['quiz'], gradingScheme: scheme } }
    const rows = await readRows(
      'Efternamn;Tilldelad;Betyg\nA;2026-06-05;4,5\nB;2026-06-05;väl\n',
      anImportContext({ assessment }),
    )
    expect(rows.map(({ draft }) => draft?.result?.grade)).toEqual(['4.5', 'Väl'])
  })

  it('hands out the rows before a fault, then the fault', async () => {
    const items = await readTable('Efternamn;Tilldelad\nÖst;2026-06-05\nEk;"2026\n')
    expect(items).toMatchObject([
      { kind: 'header' },
      { kind: 'row', row: 2 },
      { kind: 'failed', finding: { code: 'IMPORT_QUOTES', row: 3 } },
    ])
  })

  it.each([
    ['nothing', ''],
    ['only a header', 'Efternamn;Tilldelad\n'],
    ['only remarks', '# a\n# b\n'],
  ])('fails on %s', async (_, text) => {
    expect((await readTable(text)).at(-1)).toMatchObject({
      kind: 'failed',
      finding: { code: 'IMPORT_EMPTY' },
    })
  })

  it('gives only drafts that are valid, whatever the cells', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[\0\ufeff]/g, '')),
      fc.constantFrom('2026-06-05', '46178', '20260605', 'G', '3,0', '=1', personalNumber),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 6, maxLength: 6 }), async (cells) => {
        const quoted = cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(';')
        const items = await readTable(`Efternamn;Förnamn;Tilldelad;Betyg;Poäng;E-post\n${quoted}\n`)
        return rowsAmong(items).every(
          ({ draft, findings }) =>
            (draft === undefined) === findings.some(({ severity }) => severity === 'error'),
        )
      }),
    )
  })
})

describe('readAwardXlsx', () => {
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`

  it('reads the same awards out of a workbook, with day numbers and calculated cells', async () => {
    const bytes = aWorkbook({
      rows:
        `<row r="1">${text('Efternamn')}${text('Tilldelad')}${text('Poäng')}</row>` +
        `<row r="2">${text('Öst')}<c><v>46178</v></c><c><v>3</v></c></row>` +
        `<row r="4">${text('Ek')}<c><f>TODAY()</f><v>46178</v></c><c><v>3</v></c></row>`,
    })
    expect(await collect(readAwardXlsx(bytes, anImportContext()))).toMatchObject([
      { kind: 'header', findings: [] },
      { kind: 'row', row: 2, draft: { awardedOn: '2026-06-05', learner: { familyName: 'Öst' } } },
      {
        kind: 'row',
        row: 4,
        findings: [{ code: 'IMPORT_FORMULA', field: 'awardedOn', column: 2 }],
      },
    ])
  })

  it('loses no row to formulas that gave an error or nothing', async () => {
    const header = `<row>${text('Efternamn')}${text('Tilldelad')}</row>`
    const error = `<row><c t="e"><v>#N/A</v></c><c><v>46178</v></c></row>`
    const bytes = aWorkbook({ rows: `${header}${error}<row><c><f>A1</f></c></row>` })
    expect(rowsAmong(await collect(readAwardXlsx(bytes, anImportContext()))).map(codesOf)).toEqual([
      ['IMPORT_FORMULA@2:familyName'],
      ['IMPORT_FORMULA@3:familyName', 'VALUE_MISSING@3:awardedOn'],
    ])
  })

  it('fails on what is no workbook', async () => {
    expect(await collect(readAwardXlsx(Buffer.from('x'), anImportContext()))).toMatchObject([
      { kind: 'failed', finding: { code: 'IMPORT_FORMAT' } },
    ])
  })
})
