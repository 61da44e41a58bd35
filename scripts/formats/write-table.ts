import { isDeepStrictEqual } from 'node:util'
import { type Element, elements, readElement } from './elements.ts'
import type { RoundTrip } from './round-trips.ts'

/** docs/formats.md: what each format carries, changes and loses, as the code has it. */
export function writeFormatsPage(trips: readonly RoundTrip[]): string {
  const head = ['#', 'element', ...trips.map(({ title }) => title)]
  const rows = elements.map((element) => [
    element.number,
    element.title,
    ...trips.map((trip) => judge(element, trip, trips)),
  ])
  return [
    '# What each format carries',
    '',
    'Written by `node scripts/formats.ts`: an award that says something of every element is projected onto each format and read back.',
    'The award record stays the truth; this is what of it travels with a credential.',
    '',
    '- **carried**: comes back with the same meaning, codes included.',
    '- **partly**: comes back with less: a code, a member or a detail is gone.',
    '- **lost**: has no place in the format.',
    '- **refused**: an award that has it is not issued in the format.',
    '',
    ...writeTable([head, ...rows]),
    '',
    'Open Badges allow one status per credential. A badge’s list (`…/bitstring-status-lists/{list}/withdrawal`, purpose `suspension`) has its bit set',
    'while the award is suspended, and for ever once it is revoked; the other formats tell the two apart.',
    'The WE BUILD types are issued where an organisation has switched them on: the micro-credential of formal education, here without the',
    'validation; the verified skill of all other learning, here of the same course held outside formal education. Both have one value where the',
    'award may have several (assessment, participation, awarding body, field), and one language. Levels and credits never stand in a verified skill.',
    '',
    'A VC-JWT is shown whole; an SD-JWT VC lets the learner choose, title, issuer and level staying together.',
    '',
    '## What the projections report',
    '',
    'The losses of the same award, as `dryRun=true` answers them with a pointer into the record.',
    ...trips.flatMap(({ title, losses }) => ['', `### ${title}`, '', ...listLosses(losses)]),
    '',
  ].join('\n')
}

function judge(element: Element, { back, refused }: RoundTrip, trips: readonly RoundTrip[]) {
  if (element.number === refused) return '**refused**'
  const value = readElement(back, element)
  if (isNothing(value)) return '**lost**'
  const others = trips.map((trip) => readElement(trip.back, element))
  const richest = others.reduce((one, other) => (weigh(other) > weigh(one) ? other : one))
  return isDeepStrictEqual(value, richest) || weigh(value) === weigh(richest) ? 'carried' : 'partly'
}

const isNothing = (value: unknown) =>
  value === undefined || (Array.isArray(value) && value.length === 0)

/** Codes and members say more than words alone. */
const weigh = (value: unknown): number => {
  if (isNothing(value)) return 0
  const text = JSON.stringify(value)
  return (text.match(/"uri":/g)?.length ?? 0) * 100 + (text.match(/":/g)?.length ?? 0) + 1
}

const listLosses = (losses: RoundTrip['losses']): string[] => {
  if (losses.length === 0) return ['None.']
  const byCode = Map.groupBy(losses, ({ code }) => code)
  return [...byCode].map(([code, found]) => {
    const pointers = [...new Set(found.map(({ pointer }) => `\`${pointer}\``))]
    return `- \`${code}\`: ${found[0]?.message.en} ${pointers.join(', ')}`
  })
}

function writeTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [...lines.slice(0, 1), rule, ...lines.slice(1)]
}
