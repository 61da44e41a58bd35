// Row by row of the specifications, which tests show that it holds, as a page made from the tests' titles:
//   node scripts/conformance.ts           writes docs/conformance.md
//   node scripts/conformance.ts --check   changes nothing; fails when the page differs, or a row has no answer
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findTests } from './conformance/find-tests.ts'
import { openRows } from './conformance/open-rows.ts'
import { sections } from './conformance/rows.ts'
import { writePage } from './conformance/write-page.ts'
import { root } from './run-command.ts'

const path = join(root, 'docs/conformance.md')
const files: string[] = []
const found = glob('{packages,services,scripts}/**/*.test.ts', {
  cwd: root,
  exclude: (name) => name === 'node_modules',
})
for await (const file of found) files.push(file)
const tests = await Promise.all(
  files.toSorted().map(async (file) => findTests(file, await readFile(join(root, file), 'utf8'))),
)
const { text, faults } = writePage(sections, tests.flat(), openRows)
const present = await readFile(path, 'utf8').catch(() => undefined)
const isChecking = process.argv.includes('--check')

for (const fault of faults) console.log(`✗ ${fault}`)
if (text === present) console.log('docs/conformance.md agrees with the tests')
else if (isChecking)
  console.log('✗ docs/conformance.md differs. Run node scripts/conformance.ts and read the diff.')
else {
  await writeFile(path, text)
  console.log('✓ docs/conformance.md written')
}
if (faults.length > 0 || (isChecking && text !== present)) process.exitCode = 1
