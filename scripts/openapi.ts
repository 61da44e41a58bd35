// The OpenAPI documents of the services and the typed clients made from them:
//   node scripts/openapi.ts           writes openapi/ and packages/client/src/generated/
//   node scripts/openapi.ts --check   changes nothing; fails when they differ from the routes
// Both fail when the linter has anything to say. Names of services after it limit it to those.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { generateTypes } from '../packages/client/generate.ts'
import { buildDocuments } from './openapi/build-documents.ts'
import { root, runCommand } from './run-command.ts'
import { isServiceName, serviceNames } from './service-names.ts'

interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string
  readonly content: string
}

const { values: options, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const names = positionals.length > 0 ? positionals.filter(isServiceName) : serviceNames

const documents = await generateDocuments()
const stale = await findStale([...documents, ...(await generateClients())])
const lint = await lintDocuments()

if (!options.check) for (const file of stale) await write(root, file)
for (const { path } of stale) {
  console.log(options.check ? `✗ ${path} differs from the routes` : `✓ ${path} written`)
}
const isDrifted = options.check && stale.length > 0
if (isDrifted) console.log('Run node_modules/.bin/node scripts/openapi.ts and read the diff.')
if (lint.code !== 0) console.log(lint.output)
process.exitCode = isDrifted || lint.code !== 0 ? 1 : 0

async function generateDocuments(): Promise<GeneratedFile[]> {
  const built = await buildDocuments(names)
  return built.map((document, index) => ({
    path: `openapi/${names[index]}.json`,
    content: `${JSON.stringify(document, null, 2)}\n`,
  }))
}

/** From the text of the documents: what clients read, not what the services hold in memory. */
function generateClients(): Promise<GeneratedFile[]> {
  return Promise.all(
    documents.map(async ({ path, content }, index) => ({
      path: `packages/client/src/generated/${names[index]}.ts`,
      content: await generateTypes(path, JSON.parse(content)),
    })),
  )
}

async function findStale(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const present = await Promise.all(
    files.map(({ path }) => readFile(join(root, path), 'utf8').catch(() => undefined)),
  )
  return files.filter(({ content }, index) => present[index] !== content)
}

/** By the rules of redocly.yaml. */
async function lintDocuments() {
  const folder = await mkdtemp(join(tmpdir(), 'mikromerit-openapi-'))
  for (const document of documents) await write(folder, document)
  const files = documents.map(({ path }) => join(folder, path))
  const redocly = join(root, 'node_modules/.bin/redocly')
  const result = await runCommand(redocly, ['lint', '--format=stylish', ...files])
  await rm(folder, { recursive: true, force: true })
  return result
}

async function write(folder: string, { path, content }: GeneratedFile) {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}
