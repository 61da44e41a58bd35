import { posix } from 'node:path'
import { ImportFault } from '../findings/import-fault.ts'
import { type InflateBudget, inflateEntry } from '../zip/inflate-entry.ts'
import { openZip, type ZipArchive } from '../zip/read-zip.ts'
import { readSharedStrings } from './shared-strings.ts'
import { readDayStyles } from './styles.ts'
import { type Attributes, readEvents } from './xml-events.ts'

/** A workbook, opened: its first visible sheet, and what its cells refer to. */
export interface Workbook {
  readonly sheet: AsyncGenerator<Buffer>
  readonly sharedStrings: readonly string[]
  readonly dayStyles: ReadonlySet<number>
  readonly countsFrom1904: boolean
}

const mostEntries = 1000
/** Sheets and relationships are held; a workbook has a few, and packed a million of them take up little. */
const mostTags = 10_000
const oldWorkbook = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * Opens an XLSX workbook (ECMA-376). Only the parts that are needed are unpacked, all within one budget.
 * @throws ImportFault
 */
export async function openWorkbook(bytes: Uint8Array, maxInflated: number): Promise<Workbook> {
  // A workbook with a password lies in the container of the older format.
  if (oldWorkbook.equals(bytes.subarray(0, 8))) throw new ImportFault('IMPORT_ENCRYPTED')
  const archive = openZip(bytes, mostEntries)
  const budget: InflateBudget = { left: maxInflated }
  const open = (path: string | undefined) => openPart(archive, path, budget)

  const rootParts = await readRelationships(open('_rels/.rels'), '')
  const workbookPath = findPart(rootParts, 'officeDocument') ?? 'xl/workbook.xml'
  const folder = posix.dirname(workbookPath)
  const relationships = `${folder}/_rels/${posix.basename(workbookPath)}.rels`
  const parts = await readRelationships(open(relationships), folder)
  const { sheetId, countsFrom1904 } = await readWorkbook(open(workbookPath))
  const strings = open(findPart(parts, 'sharedStrings'))
  const styles = open(findPart(parts, 'styles'))
  const sheet = open(parts.find(({ id }) => id === sheetId)?.path)
  if (!sheet) throw new ImportFault('IMPORT_FORMAT')
  return {
    sheet,
    sharedStrings: strings ? await readSharedStrings(strings) : [],
    dayStyles: styles ? await readDayStyles(styles) : new Set(),
    countsFrom1904,
  }
}

interface Relationship {
  readonly id: string | undefined
  readonly kind: string
  readonly path: string
}

function openPart(archive: ZipArchive, path: string | undefined, budget: InflateBudget) {
  const entry = path === undefined ? undefined : archive.entries.get(path)
  return entry && inflateEntry(archive, entry, budget)
}

const findPart = (parts: readonly Relationship[], kind: string) =>
  parts.find((part) => part.kind === kind)?.path

/** Parts within the workbook; what lies outside (TargetMode) is never fetched. */
async function readRelationships(
  chunks: AsyncIterable<Buffer> | undefined,
  folder: string,
): Promise<Relationship[]> {
  const parts: Relationship[] = []
  for (const { Id, Type = '', Target, TargetMode } of await readTags(chunks, 'Relationship')) {
    if (Target === undefined || TargetMode === 'External') continue
    const path = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
    parts.push({ id: Id, kind: Type.slice(Type.lastIndexOf('/') + 1), path })
  }
  return parts
}

async function readWorkbook(chunks: AsyncIterable<Buffer> | undefined) {
  const tags = await readTags(chunks, 'sheet', 'workbookPr')
  const sheets = tags.filter(({ sheetId }) => sheetId !== undefined)
  const visible = sheets.find(({ state = 'visible' }) => state === 'visible') ?? sheets[0]
  const countsFrom1904 = tags.some(({ date1904 }) => date1904 === '1' || date1904 === 'true')
  return { sheetId: visible?.id, countsFrom1904 }
}

/** The attributes of all tags with one of the names. */
async function readTags(
  chunks: AsyncIterable<Buffer> | undefined,
  ...names: readonly string[]
): Promise<Attributes[]> {
  const tags: Attributes[] = []
  if (!chunks) return tags
  for await (const batch of readEvents(chunks)) {
    for (const event of batch) {
      if (event.kind !== 'open' || !names.includes(event.name)) continue
      if (tags.push(event.attributes) > mostTags) throw new ImportFault('XML_TOO_COMPLEX')
    }
  }
  return tags
}
