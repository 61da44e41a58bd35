import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root, runCommand } from '../run-command.ts'
import type { ServiceName } from '../service-names.ts'

export interface MigrationRequest {
  readonly service: ServiceName
  /** Where the migrations lie. */
  readonly folder: string
  readonly name: string
  /** An empty file for SQL that tables cannot say: policies, data. */
  readonly isCustom?: boolean
}

export interface GeneratedMigration {
  /** Statements that the migrations lack; none when tables and migrations agree. */
  readonly sql: string
  /** Whether the tables could be compared at all. */
  readonly ok: boolean
  readonly output: string
}

export const migrationsFolderOf = (service: ServiceName) =>
  join(root, 'services', service, 'migrations')

/** Writes a migration for what the tables of a service have and its migrations have not. */
export async function generateMigration(request: MigrationRequest): Promise<GeneratedMigration> {
  const { service, folder, name, isCustom = false } = request
  const cwd = join(root, 'services', service)
  const before = await listFiles(folder)
  const args = [
    'generate',
    '--dialect=postgresql',
    '--schema=./src/tables.ts',
    // It takes the folder for a relative path even when it is not.
    `--out=${relative(cwd, folder)}`,
    `--name=${name}`,
    ...(isCustom ? ['--custom'] : []),
  ]
  const { output } = await runCommand(join(cwd, 'node_modules/.bin/drizzle-kit'), args, { cwd })
  const added = (await listFiles(folder)).filter((file) => !before.includes(file))
  const statements = await Promise.all(added.map((file) => readFile(join(folder, file), 'utf8')))
  // Its exit code is 0 whatever happens: only a file, or its words, say that it compared.
  const ok = added.length > 0 || output.includes('No schema changes')
  return { sql: statements.join('\n'), ok, output: output.trim() }
}

/** What is wrong between tables and migrations, if anything; the folder stays as it is. */
export async function findDrift(
  service: ServiceName,
  folder = migrationsFolderOf(service),
): Promise<string | undefined> {
  const copy = await mkdtemp(join(tmpdir(), 'mikromerit-migrations-'))
  try {
    await cp(folder, copy, { recursive: true })
    const { sql, ok, output } = await generateMigration({ service, folder: copy, name: 'drift' })
    if (!ok) return output
    return sql === '' ? undefined : sql
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

const listFiles = async (folder: string): Promise<string[]> => readdir(folder).catch(() => [])
