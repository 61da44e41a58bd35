import { ImportFault } from '../findings/import-fault.ts'
import { readEvents } from './xml-events.ts'

/** The most that spreadsheets themselves can hold is 65,490. */
const mostStyles = 65_536

/** ECMA-376 part 1, 18.8.30: number formats every spreadsheet knows that show a day, in some language. */
const isBuiltInDay = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** Which cell styles, by their index, show a number as a day. */
export async function readDayStyles(chunks: AsyncIterable<Buffer>): Promise<ReadonlySet<number>> {
  const customDays = new Set<number>()
  const dayStyles = new Set<number>()
  let isInCellStyles = false
  let index = 0
  for await (const batch of readEvents(chunks)) {
    for (const event of batch) {
      if (event.kind === 'text') continue
      if (event.name === 'cellXfs') isInCellStyles = event.kind === 'open'
      if (event.kind === 'close') continue
      const { name, attributes } = event
      const id = Number(attributes.numFmtId)
      if (name === 'numFmt' && showsDay(attributes.formatCode ?? '')) customDays.add(id)
      if (customDays.size > mostStyles) throw new ImportFault('XML_TOO_COMPLEX')
      if (name !== 'xf' || !isInCellStyles) continue
      if (isBuiltInDay(id) || customDays.has(id)) dayStyles.add(index)
      if (++index > mostStyles) throw new ImportFault('XML_TOO_COMPLEX')
    }
  }
  return dayStyles
}

/** A format of one's own shows a day when it names years or days outside quoted and bracketed text. */
const showsDay = (format: string): boolean =>
  /[yd]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
