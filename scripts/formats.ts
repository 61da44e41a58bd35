// What each format carries of an award, as a page made from the code:
//   node scripts/formats.ts           writes docs/formats.md
//   node scripts/formats.ts --check   changes nothing; fails when the page differs from the code
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runRoundTrips } from './formats/round-trips.ts'
import { writeFormatsPage } from './formats/write-table.ts'
import { root } from './run-command.ts'

const path = join(root, 'docs/formats.md')
const page = writeFormatsPage(runRoundTrips())
const present = await readFile(path, 'utf8').catch(() => undefined)
if (page === present) console.log('docs/formats.md agrees with the code')
else if (process.argv.includes('--check')) {
  console.log(
    '✗ docs/formats.md differs from the code. Run node scripts/formats.ts and read the diff.',
  )
  process.exitCode = 1
} else {
  await writeFile(path, page)
  console.log('✓ docs/formats.md written')
}
