import type { Row, Section } from './row.ts'

const heads = ['what', 'measured', 'compared with', 'ratio', 'target', 'met'] as const

/** All rows as a Markdown table with aligned columns: readable in a terminal and on a page. */
export function buildTable(sections: readonly Section[]): string {
  const lines = [[...heads], ...sections.flatMap(({ rows }) => rows.map(toCells))]
  const widths = heads.map((_, column) =>
    Math.max(...lines.map((cells) => displayWidth(cells[column] ?? ''))),
  )
  const [head = '', ...rest] = lines.map((cells) => toLine(cells, widths))
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [head, rule, ...rest].join('\n')
}

const toCells = (row: Row): string[] => [
  row.what,
  row.figure,
  row.comparedWith,
  row.ratio,
  row.target,
  sayMet(row.isMet),
]

function sayMet(isMet: boolean | undefined): string {
  if (isMet === undefined) return ''
  return isMet ? 'yes' : '**no**'
}

const toLine = (cells: readonly string[], widths: readonly number[]): string =>
  `| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - displayWidth(cell))).join(' | ')} |`

/** Characters, not code units: `×` and `≥` are one each. */
const displayWidth = (text: string): number => Array.from(text).length
