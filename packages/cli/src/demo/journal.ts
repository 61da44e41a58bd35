import { styleText } from 'node:util'

/** A label and what stands beside it: words to be wrapped, or lines to be kept. */
export type Row = readonly [label: string, content: string | readonly string[]]

/** What the demo tells: sections of steps, each a call with what went in and what came out. */
export interface Journal {
  title(text: string, rows: readonly Row[]): void
  section(text: string, subtitle: string): void
  step(service: string, call: string, rows: readonly Row[]): void
  note(text: string): void
  /** Tells only what is not so, and remembers it. */
  expect(isSo: boolean, expectation: string): void
  readonly failures: readonly string[]
}

const width = 100
const indent = '  '
const labelWidth = 12

/** Writes lines of at most 100 columns; colours only where `print` leads to a terminal that wants them. */
export function createJournal(print: (line: string) => void): Journal {
  const failures: string[] = []
  const printRows = (rows: readonly Row[]) => {
    for (const [label, content] of rows) {
      const lines = typeof content === 'string' ? wrap(content) : content.flatMap(wrap)
      for (const [index, line] of lines.entries()) {
        const shown = (index === 0 ? label : '').padEnd(labelWidth)
        print(`${indent}${styleText('dim', shown)}${line}`.trimEnd())
      }
    }
  }
  return {
    failures,
    title: (text, rows) => {
      print(styleText('bold', text))
      printRows(rows)
    },
    section: (text, subtitle) => {
      print('')
      print(styleText('bold', text))
      print(`${indent}${subtitle}`)
    },
    step: (service, call, rows) => {
      print('')
      print(`${indent}${service.padEnd(labelWidth)}${styleText('cyan', call)}`)
      printRows(rows)
    },
    note: (text) => {
      print('')
      for (const line of wrap(text)) print(`${indent}${line}`)
    },
    expect: (isSo, expectation) => {
      if (isSo) return
      failures.push(expectation)
      print(`${indent}${styleText('red', `✗ expected ${expectation}`)}`)
    },
  }
}

/**
 * Breaks at spaces, and sets further lines below the text behind a mark. A word longer than the line
 * stands alone, so that links can be copied.
 */
function wrap(text: string): string[] {
  const lead = /^(?: *[✓✗?→] )?/.exec(text)?.[0] ?? ''
  const room = width - indent.length - labelWidth - lead.length
  const lines: string[] = []
  let line = ''
  for (const word of text.slice(lead.length).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map(
    (part, index) => `${index === 0 ? lead : ' '.repeat(lead.length)}${part}`,
  )
}
