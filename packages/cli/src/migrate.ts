import { join } from 'node:path'
import { connectDatabase, findMigrationsFolder, migrate } from '@mikromerit/service-kit'
import { parseOptions } from './arguments.ts'
import { readDataDir } from './places.ts'
import { root } from './root.ts'
import { isServiceName, type ServiceName, serviceNames } from './service-names.ts'
import { UsageError } from './usage-error.ts'

/** Brings databases up to date before the services start, which otherwise do it themselves. */
export async function migrateDatabases(args: string[]): Promise<number> {
  const service = readService(parseOptions(args, ['service']).service)
  const { DATABASE_URL: url } = process.env
  if (url === undefined || url === '') {
    await migrateEmbedded(service ? [service] : serviceNames)
    return 0
  }
  if (!service) {
    throw new UsageError(
      'DATABASE_URL is the database of one service: say which with --service, for example --service issuer',
    )
  }
  await migrateService(service, url)
  return 0
}

async function migrateEmbedded(services: readonly ServiceName[]) {
  // Loaded only when needed: on a real server none of it is used.
  const { startEmbeddedPostgres } = await import('@mikromerit/service-kit/embedded-postgres')
  const postgres = await startEmbeddedPostgres({ dataDir: readDataDir(process.env) })
  try {
    for (const service of services) await migrateService(service, await postgres.urlFor(service))
  } finally {
    await postgres.stop()
  }
}

async function migrateService(service: ServiceName, url: string) {
  const before = await countMigrations(url)
  await migrate(url, findMigrationsFolder(join(root, 'services', service, 'src')))
  const after = await countMigrations(url)
  const applied = after - before
  const outcome = applied === 0 ? 'up to date' : `${applied} applied`
  console.log(`${service.padEnd(9)} ${outcome}, ${after} migrations in all`)
}

/** How many migrations the database has; drizzle-orm keeps them in a table of its own. */
async function countMigrations(url: string): Promise<number> {
  const database = connectDatabase({ url, applicationName: 'mikromerit migrate', poolSize: 1 })
  try {
    await database.ping()
    const { rows } = await database.pool.query<{ found: string | null }>(
      `SELECT to_regclass('drizzle.__drizzle_migrations')::text AS found`,
    )
    if (!rows[0]?.found) return 0
    const counted = await database.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM drizzle.__drizzle_migrations',
    )
    return counted.rows[0]?.count ?? 0
  } finally {
    await database.close()
  }
}

function readService(name: string | undefined): ServiceName | undefined {
  if (name === undefined || isServiceName(name)) return name
  throw new UsageError(`--service takes one of ${serviceNames.join(', ')}.`)
}
