import type { Machine } from './machine.ts'
import type { Section } from './row.ts'
import { buildTable } from './table.ts'

export interface PageContent {
  readonly command: string
  readonly machine: Machine
  /** ISO 8601 day */
  readonly measuredOn: string
  readonly sections: readonly Section[]
}

/** docs/performance.md: the table, how it came about, and what each row means. */
export function buildPage({ command, machine, measuredOn, sections }: PageContent): string {
  return `# Performance

Written by \`${command}\`; run it to measure your own machine. It takes some minutes and wants the
machine for itself. Figures are medians over the rounds. Each ratio is the median of the ratios of its
rounds, in which measured and reference runs take turns, so it means more than the absolute figures do.

${buildTable(sections)}

## The machine

${describeMachine(machine)}

Measured on ${measuredOn}. The load driver runs on the same machine and takes its share of the
processors, as does PostgreSQL. The services run as \`npm start\` runs them: built, one process each,
with the embedded PostgreSQL and durable commits; only the rate limit is off, which belongs to the
gateway under such a load.

## What the rows mean

${sections.map(({ title, meaning }) => `### ${title}\n\n${meaning}`).join('\n\n')}
`
}

const describeMachine = ({ processor, cores, memory, system, node, postgres }: Machine): string =>
  [
    `- ${cores} × ${processor}, ${memory} of memory`,
    `- ${system}, Node.js ${node}${postgres === undefined ? '' : `, PostgreSQL ${postgres}`}`,
  ].join('\n')
