import { achievementExample, normaliseAchievement } from '@mikromerit/credentials'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { anImportContext, collect } from '../../test/import-context.ts'
import { writeXlsxTemplate } from '../xlsx/write-template.ts'
import { readAwardCsv, readAwardXlsx } from './read-award-table.ts'
import { writeCsvTemplate } from './template.ts'

const achievement = normaliseAchievement({
  ...achievementExample,
  credentialValidity: 'P5Y',
  assessment: { ...achievementExample.assessment, gradingScheme: 'AF' },
})
const context = anImportContext({
  assessment: { ...achievementExample.assessment, gradingScheme: 'AF' },
})

async function openTemplate(locale: 'sv' | 'en') {
  const workbook = new ExcelJS.Workbook()
  // ExcelJS declares a Buffer of its own; any bytes do.
  await workbook.xlsx.load(writeXlsxTemplate(achievement, locale) as unknown as ArrayBuffer)
  return workbook
}

describe.each(['sv', 'en'] as const)('the template in %s', (locale) => {
  it('as CSV has only columns that are known, and no rows', async () => {
    const bytes = Buffer.from(writeCsvTemplate(achievement, locale))
    expect(await collect(readAwardCsv(bytes, context))).toMatchObject([
      { kind: 'header', findings: [] },
      { kind: 'failed', finding: { code: 'IMPORT_EMPTY' } },
    ])
  })

  it('as XLSX has the same columns', async () => {
    const csv = await collect(
      readAwardCsv(Buffer.from(writeCsvTemplate(achievement, locale)), context),
    )
    const xlsx = await collect(readAwardXlsx(writeXlsxTemplate(achievement, locale), context))
    expect(xlsx).toEqual(csv)
  })

  it('opens in another library, is filled in there, and is read', async () => {
    const workbook = await openTemplate(locale)
    const [sheet] = workbook.worksheets
    const row = ['Öst', 'Åsa', '1990-02-28', '', '', new Date('2026-06-05T00:00:00Z'), 'B']
    sheet?.addRow(row)
    const bytes = Buffer.from(await workbook.xlsx.writeBuffer())
    expect(await collect(readAwardXlsx(bytes, context))).toMatchObject([
      { kind: 'header', findings: [] },
      { kind: 'row', row: 2, draft: { awardedOn: '2026-06-05', result: { grade: 'B' } } },
    ])
  })

  it('says in its own language how to fill it in, and offers the passing grades', async () => {
    const workbook = await openTemplate(locale)
    const [awards, instructions] = workbook.worksheets
    expect(awards?.name).toBe({ sv: 'Tilldelningar', en: 'Awards' }[locale])
    const texts: string[] = []
    instructions?.eachRow((row) => {
      texts.push(row.getCell(1).text)
    })
    expect(texts[0]).toBe(achievementExample.title[locale])
    expect(texts.join('\n')).toMatch(/personnummer|personal identity number/)
    expect(texts.slice(-5)).toEqual(['E', 'D', 'C', 'B', 'A'])
    const choice = awards?.getCell('G2').dataValidation
    const [, first, last] = /\$A\$(\d+):\$A\$(\d+)$/.exec(choice?.formulae[0] ?? '') ?? []
    expect(texts.slice(Number(first) - 1, Number(last))).toEqual(['E', 'D', 'C', 'B', 'A'])
  })
})

describe('a template', () => {
  it('has no columns for what the definition does not have', () => {
    const { gradingScheme: _, ...assessment } = achievementExample.assessment
    const ungraded = normaliseAchievement({ ...achievementExample, assessment })
    expect(writeCsvTemplate(ungraded, 'sv')).not.toMatch(/Betyg|Giltig till|Godkända/)
  })

  it('asks for the stage of a skill outside formal education alone', () => {
    const formal = normaliseAchievement(achievementExample)
    const training = normaliseAchievement({ ...achievementExample, setting: 'non_formal' })
    expect(writeCsvTemplate(formal, 'sv')).not.toContain('Färdighetsstadium')
    expect(writeCsvTemplate(training, 'sv')).toContain('Färdighetsstadium')
    expect(writeCsvTemplate(training, 'en')).toContain('Proficiency')
  })

  it('holds no formula, even when a grade is called one', () => {
    const gradingScheme = { id: 's', title: { sv: 's' }, values: ['=1+1'], passing: '=1+1' }
    const odd = normaliseAchievement({
      ...achievementExample,
      title: { sv: '=1+1' },
      assessment: { types: ['quiz'], gradingScheme },
    })
    expect(writeCsvTemplate(odd, 'sv')).not.toMatch(/^["\s]*[=+\-@]/m)
  })
})
