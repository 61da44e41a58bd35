import type { NamedTest } from './find-tests.ts'
import type { OpenRow } from './open-rows.ts'
import type { Row, Section } from './rows.ts'

const head = `# Conformance

What the specifications and our own security list ask of an issuer, a wallet and a verifier, row by row, and which
tests show that it holds. Made from the titles of the tests by \`node scripts/conformance.ts\`, and checked with every run: a
row is met by the tests that name its id, or it says here what is missing.
`

export interface Page {
  readonly text: string
  /** Rows that say nothing, or two things, and ids that no row has. */
  readonly faults: readonly string[]
}

type OpenRows = Readonly<Record<string, OpenRow>>
type TestsByRow = ReadonlyMap<string, readonly NamedTest[]>

/** The page, and what is wrong with its sources. */
export function writePage(
  sections: readonly Section[],
  tests: readonly NamedTest[],
  open: OpenRows,
): Page {
  const byRow = groupByRow(tests)
  const rows = sections.flatMap((section) => section.rows)
  const count = (state: OpenRow['state']) =>
    rows.filter(({ id }) => open[id]?.state === state).length
  const [missing, part] = [count('not met'), count('partly')]
  const sum = `${rows.length - missing - part} of ${rows.length} rows are met, ${part} partly, ${missing} not.\n`
  const parts = sections.map((section) => writeSection(section, byRow, open))
  return { text: [head, sum, ...parts].join('\n'), faults: findFaults(rows, byRow, open) }
}

function groupByRow(tests: readonly NamedTest[]): TestsByRow {
  const byRow = new Map<string, NamedTest[]>()
  for (const test of tests)
    for (const id of test.rows) byRow.set(id, [...(byRow.get(id) ?? []), test])
  return byRow
}

function writeSection({ title, rows }: Section, byRow: TestsByRow, open: OpenRows): string {
  const lines = rows.map(({ id, rule }) => {
    const missing = open[id]
    const answers = [
      ...(missing ? [`**${missing.state}**: ${missing.why}`] : []),
      ...(byRow.get(id) ?? []).map(describeTest),
    ]
    return `| ${id} | ${rule} | ${answers.join('<br>')} |`
  })
  return `## ${title}\n\n| row | what must hold | met by |\n| --- | --- | --- |\n${lines.join('\n')}\n`
}

const describeTest = ({ file, title }: NamedTest) => `[${escapeCell(title)}](../${file})`

/** Text that cannot end its cell or its link. */
const escapeCell = (text: string) => text.replaceAll(/[|[\]\\`<>]/g, (found) => `\\${found}`)

function findFaults(rows: readonly Row[], byRow: TestsByRow, open: OpenRows): string[] {
  const known = new Set(rows.map(({ id }) => id))
  const named = [...byRow.keys(), ...Object.keys(open)]
  return [
    ...rows.flatMap(({ id }) => findFault(id, byRow.has(id), open[id]) ?? []),
    ...named.filter((id) => !known.has(id)).map((id) => `${id} is no row`),
  ]
}

function findFault(id: string, hasTest: boolean, open: OpenRow | undefined): string | undefined {
  if (!hasTest && !open) return `${id} has neither a test nor a reason`
  if (hasTest && open?.state === 'not met') return `${id} is met by a test, and said not to be met`
  if (!hasTest && open?.state === 'partly') return `${id} is said to be partly met, by no test`
  return undefined
}
