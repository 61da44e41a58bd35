import { ImportFault } from '../findings/import-fault.ts'
import type { ByteSource } from '../text/byte-source.ts'
import { decodeText } from '../text/decode-text.ts'
import { readRecords } from './csv-records.ts'
import { findSeparator } from './find-separator.ts'
import type { TableLimits, TableRow } from './table.ts'

const headLength = 65_536

/**
 * The rows of a CSV file in whatever encoding and with whatever separator spreadsheets write (domain.md section 9),
 * in constant memory.
 * @throws ImportFault where the file can no longer be read
 */
export async function* readCsv(source: ByteSource, limits: TableLimits): AsyncGenerator<TableRow> {
  const texts = decodeText(source, limits.bytes)
  try {
    const head = await readHead(texts)
    if (head.trim() === '') throw new ImportFault('IMPORT_EMPTY')
    const { separator, skip } = findSeparator(head)
    yield* readRecords(join(head.slice(skip), texts), { separator, limits })
  } finally {
    await texts.return(undefined)
  }
}

/** Enough of the text to tell its separator: the first lines, remarks before the header included. */
async function readHead(texts: AsyncGenerator<string>): Promise<string> {
  let head = ''
  while (head.length < headLength) {
    const next = await texts.next()
    if (next.done) break
    head += next.value
  }
  return head
}

async function* join(head: string, texts: AsyncGenerator<string>) {
  yield head
  yield* texts
}
