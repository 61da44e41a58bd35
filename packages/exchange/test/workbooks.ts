import { writeZip } from '../src/zip/write-zip.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'

export interface WorkbookParts {
  /** The rows of the first sheet: what stands in `sheetData`. */
  readonly rows: string
  readonly sharedStrings?: string
  readonly styles?: string
  readonly workbookPr?: string
  readonly files?: Readonly<Record<string, string>>
}

/** A workbook of hand-written parts, right in everything that is not told. */
export const aWorkbook = (parts: WorkbookParts): Buffer => writeZip(workbookFiles(parts))

export const workbookFiles = ({
  rows,
  sharedStrings = '',
  styles = '',
  workbookPr = '',
  files = {},
}: WorkbookParts): Record<string, string> => ({
  '_rels/.rels': relationships(['rId1', 'officeDocument', 'xl/workbook.xml']),
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}">${workbookPr}<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relationships(
    ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
    ['rId2', 'sharedStrings', 'sharedStrings.xml'],
    ['rId3', 'styles', 'styles.xml'],
  ),
  'xl/sharedStrings.xml': `<sst xmlns="${main}">${sharedStrings}</sst>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}">${styles}</styleSheet>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
  ...files,
})

const relationships = (
  ...parts: readonly (readonly [id: string, kind: string, target: string])[]
) =>
  `<Relationships xmlns="${packageRelations}">${parts
    .map(
      ([id, kind, target]) =>
        `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`
