import { ImportFault } from '../findings/import-fault.ts'

export interface JsonLimits {
  readonly bytes: number
  readonly rows: number
  /** Characters of one award. */
  readonly rowLength: number
}

export const jsonLimits: JsonLimits = {
  bytes: 256 * 1024 * 1024,
  rows: 200_000,
  rowLength: 262_144,
}

/** One element of an array, or one line: its text, not yet parsed. */
export interface JsonPiece {
  readonly row: number
  readonly line: number
  readonly text: string
}

/**
 * The elements of a JSON array (RFC 8259), or the lines of a file with one value per line, as the text arrives.
 * @throws ImportFault
 */
export async function* splitJson(
  texts: AsyncIterable<string>,
  limits: JsonLimits,
): AsyncGenerator<JsonPiece> {
  let split: Splitter | undefined
  let head = ''
  for await (const text of texts) {
    if (split) yield* split.take(text)
    else {
      head += text
      if (head.length > limits.rowLength && head.trimStart() === '')
        throw new ImportFault('IMPORT_ROW_TOO_LONG', { row: 1 })
      if (head.trimStart() === '') continue
      split = head.trimStart().startsWith('[')
        ? createArraySplitter(limits)
        : createLineSplitter(limits)
      yield* split.take(head)
    }
  }
  if (!split) throw new ImportFault('IMPORT_EMPTY')
  yield* split.end()
}

interface Splitter {
  readonly take: (text: string) => Generator<JsonPiece>
  readonly end: () => Generator<JsonPiece>
}

/** Counts rows and lines, and holds the text of the piece that is not complete. */
function createPieces({ rows, rowLength }: JsonLimits) {
  const state = { text: '', row: 0, line: 1 }
  return {
    hold(text: string): void {
      state.text += text
      if (state.text.length > rowLength)
        throw new ImportFault('IMPORT_ROW_TOO_LONG', { row: state.row + 1, line: state.line })
    },
    complete(): JsonPiece {
      const { text, line } = state
      state.line += text.split('\n').length - 1
      state.text = ''
      const blankLines = /^\s*/.exec(text)?.[0].split('\n').length ?? 1
      const piece = { row: ++state.row, line: line + blankLines - 1, text: text.trim() }
      if (piece.row > rows) throw new ImportFault('IMPORT_TOO_MANY_ROWS', { row: piece.row })
      return piece
    },
    fail: (): never => {
      throw new ImportFault('JSON_MALFORMED', { row: state.row + 1, line: state.line })
    },
    isBlank: () => state.text.trim() === '',
    skip(): void {
      state.line += state.text.split('\n').length - 1
      state.text = ''
    },
  }
}

function createLineSplitter(limits: JsonLimits): Splitter {
  const pieces = createPieces(limits)
  function* take(text: string): Generator<JsonPiece> {
    let start = 0
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
      pieces.hold(text.slice(start, at + 1))
      start = at + 1
      if (pieces.isBlank()) pieces.skip()
      else yield pieces.complete()
    }
    pieces.hold(text.slice(start))
  }
  function* end(): Generator<JsonPiece> {
    if (!pieces.isBlank()) yield pieces.complete()
  }
  return { take, end }
}

type Where = 'before' | 'inside' | 'behind'

function createArraySplitter(limits: JsonLimits): Splitter {
  const pieces = createPieces(limits)
  const classify = createClassifier()
  let where: Where = 'before'
  let isFirst = true

  function* take(text: string): Generator<JsonPiece> {
    let start = 0
    if (where === 'before') {
      start = text.indexOf('[') + 1
      pieces.hold(text.slice(0, start).replace('[', ''))
      where = 'inside'
    }
    for (let at = start; where === 'inside' && at < text.length; at++) {
      const meaning = classify(text[at] ?? '')
      if (meaning === 'inside') continue
      pieces.hold(text.slice(start, at))
      start = at + 1
      if (meaning === 'end') where = 'behind'
      // An empty array has no element; a comma with nothing before or behind it stands for a lost one.
      if (!pieces.isBlank()) yield pieces.complete()
      else if (meaning === 'part' || !isFirst) pieces.fail()
      isFirst = false
    }
    pieces.hold(text.slice(start))
    if (where === 'behind' && !pieces.isBlank()) pieces.fail()
  }
  // biome-ignore lint/correctness/useYield: an array that ended has nothing left to give
  function* end(): Generator<JsonPiece> {
    if (where !== 'behind') pieces.fail()
  }
  return { take, end }
}

/** Tells of each character behind the opening bracket: does it part two elements, end the array, or belong to one? */
function createClassifier(): (character: string) => 'part' | 'end' | 'inside' {
  let depth = 0
  let isString = false
  let isEscaped = false
  return (character) => {
    if (isString) {
      if (isEscaped) isEscaped = false
      else if (character === '\\') isEscaped = true
      else if (character === '"') isString = false
      return 'inside'
    }
    if (character === '"') isString = true
    if (depth === 0 && character === ',') return 'part'
    if (depth === 0 && character === ']') return 'end'
    if (character === '{' || character === '[') depth++
    if (character === '}' || character === ']') depth--
    return 'inside'
  }
}
