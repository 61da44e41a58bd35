import { ImportFault } from '../findings/import-fault.ts'
import { readEvents } from './xml-events.ts'

const mostCharacters = 32 * 1024 * 1024
const mostStrings = 2_000_000

/** The texts that cells refer to by number. They stand in a part of their own and must be held. */
export async function readSharedStrings(chunks: AsyncIterable<Buffer>): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let characters = 0
  let isText = false
  let isPhonetic = false
  for await (const batch of readEvents(chunks)) {
    for (const event of batch) {
      if (event.kind === 'text') {
        if (!isText || isPhonetic) continue
        text += event.text
        characters += event.text.length
        if (characters > mostCharacters) throw new ImportFault('IMPORT_TOO_LARGE')
        continue
      }
      const isOpen = event.kind === 'open'
      if (event.name === 't') isText = isOpen
      // How to read the text aloud, in Japanese workbooks, is not part of it.
      if (event.name === 'rPh') isPhonetic = isOpen
      if (event.name !== 'si' || isOpen) continue
      if (strings.length >= mostStrings) throw new ImportFault('IMPORT_TOO_LARGE')
      strings.push(text)
      text = ''
    }
  }
  return strings
}
