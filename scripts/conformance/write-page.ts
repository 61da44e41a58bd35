import type { NamedTest } from './find-tests.ts'
import type { Row, Section } from './rows.ts'

const head = `# Conformance

What the specifications and our own security list ask of an issuer, a wallet and a verifier, row by row, and which
tests show that it holds. Made from the titles of the tests by \`node scripts/conformance.ts\`, and checked with every run: a
row is met by the tests that name its id, or it says here why it is not.
`

export interface Page {
  readonly text: string
  /** Rows with neither a test nor a reason, with both, and ids that no row has. */
  readonly faults: readonly string[]
}

/** The page, and what is wrong with its sources. */
export function writePage(
  sections: readonly Section[],
  tests: readonly NamedTest[],
  notMet: Readonly<Record<string, string>>,
): Page {
  const byRow = groupByRow(tests)
  const rows = sections.flatMap((section) => section.rows)
  const met = rows.filter(({ id }) => byRow.has(id)).length
  const parts = sections.map((section) => writeSection(section, byRow, notMet))
  return {
    text: [head, `${met} of ${rows.length} rows are met.\n`, ...parts].join('\n'),
    faults: findFaults(rows, byRow, notMet),
  }
}

function groupByRow(tests: readonly NamedTest[]): Map<string, NamedTest[]> {
  const byRow = new Map<string, NamedTest[]>()
  for (const test of tests)
    for (const id of test.rows) byRow.set(id, [...(byRow.get(id) ?? []), test])
  return byRow
}

function writeSection(
  { title, rows }: Section,
  byRow: ReadonlyMap<string, readonly NamedTest[]>,
  notMet: Readonly<Record<string, string>>,
): string {
  const lines = rows.map(({ id, rule }) => {
    const tests = byRow.get(id)
    const answer = tests ? tests.map(describeTest).join('<br>') : `**not met**: ${notMet[id] ?? ''}`
    return `| ${id} | ${rule} | ${answer} |`
  })
  return `## ${title}\n\n| row | what must hold | met by |\n| --- | --- | --- |\n${lines.join('\n')}\n`
}

const describeTest = ({ file, title }: NamedTest) => `[${escapeCell(title)}](../${file})`

/** Text that cannot end its cell or its link. */
const escapeCell = (text: string) => text.replaceAll(/[|[\]\\`<>]/g, (found) => `\\${found}`)

function findFaults(
  rows: readonly Row[],
  byRow: ReadonlyMap<string, readonly NamedTest[]>,
  notMet: Readonly<Record<string, string>>,
): string[] {
  const known = new Set(rows.map(({ id }) => id))
  const named = [...byRow.keys(), ...Object.keys(notMet)]
  return [
    ...rows
      .filter(({ id }) => !byRow.has(id) && !(id in notMet))
      .map(({ id }) => `${id} has neither a test nor a reason`),
    ...rows
      .filter(({ id }) => byRow.has(id) && id in notMet)
      .map(({ id }) => `${id} is met by a test, and said not to be met`),
    ...named.filter((id) => !known.has(id)).map((id) => `${id} is no row`),
  ]
}
