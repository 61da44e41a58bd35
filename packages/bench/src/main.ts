// `pnpm bench`: measures everything in one run, prints the table and writes docs/performance.md.
//   --quick           short rounds, for trying out; writes nothing
//   --only a,b        some of: signing, verifying, issuance, presentation, wallet, status, processes, bulk
//   --profile FOLDER  processor profiles of the services; slower, writes no page
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseOptions } from './options.ts'
import { describeThisMachine } from './report/machine.ts'
import { buildPage } from './report/page.ts'
import { buildTable } from './report/table.ts'
import { measureSections } from './sections.ts'
import { openWorkbench } from './services/workbench.ts'

const options = parseOptions(process.argv.slice(2))
const bench = await openWorkbench({ profiles: options.profiles })
try {
  const sections = await measureSections(bench, options)
  console.log(`\n${buildTable(sections)}`)
  if (options.isComplete) {
    const page = buildPage({
      command: 'pnpm bench',
      machine: describeThisMachine(bench.postgresVersion),
      measuredOn: new Date().toISOString().slice(0, 10),
      sections,
    })
    await writeFile(join(import.meta.dirname, '../../../docs/performance.md'), page)
  }
} finally {
  await bench.close()
}
