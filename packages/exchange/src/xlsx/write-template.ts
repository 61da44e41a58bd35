import type { AchievementContent, Locale } from '@mikromerit/credentials'
import { describeTemplate, type Template, type TemplateColumn } from '../tabular/template.ts'
import { templateTexts } from '../tabular/template-texts.ts'
import { node, writeXml, type XmlNode } from '../xml/write-xml.ts'
import { writeZip } from '../zip/write-zip.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaging = 'http://schemas.openxmlformats.org/package/2006'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** Enough for a class; some libraries spend memory on every row that a choice is offered in. */
const lastRow = 5000

/** The styles of `xl/styles.xml`, by position. */
const styles = { plain: '0', heading: '1', text: '2', day: '3' } as const

/** The template of a definition as an XLSX workbook (ECMA-376): a sheet to fill in and one of instructions. */
export function writeXlsxTemplate(achievement: AchievementContent, locale: Locale): Buffer {
  const template = describeTemplate(achievement, locale)
  const sheetNames = [templateTexts.sheet[locale], templateTexts.instructions[locale]]
  const parts: Readonly<Record<string, XmlNode>> = {
    '[Content_Types].xml': contentTypes(),
    '_rels/.rels': relationships(['officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': workbook(sheetNames),
    'xl/_rels/workbook.xml.rels': relationships(
      ['worksheet', 'worksheets/sheet1.xml'],
      ['worksheet', 'worksheets/sheet2.xml'],
      ['styles', 'styles.xml'],
    ),
    'xl/styles.xml': styleSheet(),
    'xl/worksheets/sheet1.xml': awardSheet(template, locale),
    'xl/worksheets/sheet2.xml': instructionSheet(template),
  }
  const written = Object.entries(parts).map(([path, part]) => [path, writeXml(part)] as const)
  return writeZip(Object.fromEntries(written))
}

function awardSheet({ columns, instructions, grades }: Template, locale: Locale): XmlNode {
  const pane = { ySplit: '1', topLeftCell: 'A2', activePane: 'bottomLeft', state: 'frozen' }
  const view = node('sheetView', [node('pane', '', pane)], { workbookViewId: '0' })
  const header = columns.map(({ header }, index) =>
    textCell(`${letterOf(index)}1`, header, styles.heading),
  )
  const gradeColumn = columns.findIndex(({ field }) => field === 'grade')
  return node(
    'worksheet',
    [
      node('sheetViews', [view]),
      node('cols', columns.map(columnNode)),
      node('sheetData', [node('row', header, { r: '1' })]),
      ...(gradeColumn < 0
        ? []
        : [gradeChoice(gradeColumn, firstGradeRow(instructions), grades, locale)]),
    ],
    { xmlns: main },
  )
}

function columnNode({ field }: TemplateColumn, index: number): XmlNode {
  const isDay = ['birthDate', 'awardedOn', 'activityStart', 'activityEnd', 'validUntil'].includes(
    field,
  )
  const place = String(index + 1)
  const style = isDay ? styles.day : styles.text
  return node('col', '', { min: place, max: place, width: '22', style, customWidth: '1' })
}

/** A list to choose from, kept on the other sheet so that grades may hold any character. */
function gradeChoice(
  column: number,
  row: number,
  grades: readonly string[],
  locale: Locale,
): XmlNode {
  const letter = letterOf(column)
  const range = `'${templateTexts.instructions[locale]}'!$A$${row}:$A$${row + grades.length - 1}`
  const choice = node('dataValidation', [node('formula1', range)], {
    type: 'list',
    allowBlank: '1',
    showErrorMessage: '1',
    sqref: `${letter}2:${letter}${lastRow}`,
  })
  return node('dataValidations', [choice], { count: '1' })
}

/** There are fewer columns than letters. */
const letterOf = (column: number): string => String.fromCharCode(65 + column)

const firstGradeRow = (instructions: readonly string[]): number => instructions.length + 2

function instructionSheet({ title, instructions, grades }: Template): XmlNode {
  const rows = [title, ...instructions, ...grades].map((text, index) =>
    node('row', [textCell(`A${index + 1}`, text, index === 0 ? styles.heading : styles.plain)], {
      r: String(index + 1),
    }),
  )
  const width = node('col', '', { min: '1', max: '1', width: '100', customWidth: '1' })
  return node('worksheet', [node('cols', [width]), node('sheetData', rows)], { xmlns: main })
}

/** An inline string is text, whatever it begins with. */
const textCell = (r: string, text: string, s: string): XmlNode =>
  node('c', [node('is', [node('t', text, { 'xml:space': 'preserve' })])], { r, s, t: 'inlineStr' })

function workbook(names: readonly string[]): XmlNode {
  const sheets = names.map((name, index) =>
    node('sheet', '', { name, sheetId: String(index + 1), 'r:id': `rId${index + 1}` }),
  )
  return node('workbook', [node('sheets', sheets)], { xmlns: main, 'xmlns:r': relations })
}

const relationships = (...parts: readonly (readonly [kind: string, target: string])[]): XmlNode =>
  node(
    'Relationships',
    parts.map(([kind, target], index) =>
      node('Relationship', '', {
        Id: `rId${index + 1}`,
        Type: `${relations}/${kind}`,
        Target: target,
      }),
    ),
    { xmlns: `${packaging}/relationships` },
  )

function contentTypes(): XmlNode {
  const override = (path: string, kind: string) =>
    node('Override', '', { PartName: `/xl/${path}.xml`, ContentType: `${contentType}.${kind}+xml` })
  return node(
    'Types',
    [
      node('Default', '', {
        Extension: 'rels',
        ContentType: `application/vnd.openxmlformats-package.relationships+xml`,
      }),
      override('workbook', 'sheet.main'),
      override('worksheets/sheet1', 'worksheet'),
      override('worksheets/sheet2', 'worksheet'),
      override('styles', 'styles'),
    ],
    { xmlns: `${packaging}/content-types` },
  )
}

function styleSheet(): XmlNode {
  const format = { numFmtId: '164', formatCode: 'yyyy\\-mm\\-dd' }
  const plain = { numFmtId: '0', fontId: '0', fillId: '0', borderId: '0' }
  const cell = (changes: Readonly<Record<string, string>>) =>
    node('xf', '', { ...plain, xfId: '0', ...changes })
  const fill = (patternType: string) => node('fill', [node('patternFill', '', { patternType })])
  const sides = ['left', 'right', 'top', 'bottom', 'diagonal'].map((side) => node(side, ''))
  return node(
    'styleSheet',
    [
      counted('numFmts', node('numFmt', '', format)),
      counted('fonts', font(), font(node('b', ''))),
      // The first two fills are the same in every workbook.
      counted('fills', fill('none'), fill('gray125')),
      counted('borders', node('border', sides)),
      counted('cellStyleXfs', node('xf', '', plain)),
      counted(
        'cellXfs',
        cell({}),
        cell({ fontId: '1', applyFont: '1' }),
        cell({ numFmtId: '49', applyNumberFormat: '1' }),
        cell({ numFmtId: '164', applyNumberFormat: '1' }),
      ),
    ],
    { xmlns: main },
  )
}

const counted = (name: string, ...children: readonly XmlNode[]): XmlNode =>
  node(name, children, { count: String(children.length) })

const font = (...extra: readonly XmlNode[]): XmlNode =>
  node('font', [...extra, node('sz', '', { val: '11' }), node('name', '', { val: 'Calibri' })])
