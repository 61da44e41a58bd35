import type { Logger } from 'pino'
import { connectDatabase, type Database } from './database.ts'
import { migrate } from './migrate.ts'
import { assertRowSecurity, bypassesRowSecurity } from './row-security.ts'

/** What of a service's configuration decides where its database is. */
export interface DatabaseConfig {
  readonly DATABASE_URL?: string | undefined
  readonly DATABASE_POOL?: number | undefined
  readonly DATA_DIR: string
}

export interface OpenDatabaseOptions {
  readonly config: DatabaseConfig
  readonly service: string
  readonly migrationsFolder: string
  /** the service's tables by any name: those with organisation_id must be under row-level security */
  readonly tables?: Record<string, unknown>
  readonly logger?: Pick<Logger, 'info' | 'warn'> | undefined
}

const defaultPoolSize = 10

/**
 * The database of a service, migrated: at DATABASE_URL, else an embedded PostgreSQL under DATA_DIR that
 * the services share. Throws when it cannot be reached or does not separate organisations.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { config, service, migrationsFolder, tables = {}, logger } = options
  const { url, stop } = await findServer(config, service)
  const database = connectDatabase({
    url,
    applicationName: `mikromerit ${service}`,
    poolSize: config.DATABASE_POOL ?? defaultPoolSize,
    logger,
  })
  const close = () => database.close().finally(stop)
  try {
    await migrate(url, migrationsFolder)
    await assertRowSecurity(database.pool, tables)
    if (await bypassesRowSecurity(database.pool))
      logger?.warn('the database role is above row-level security: use one that is no superuser')
    return { ...database, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function findServer(config: DatabaseConfig, service: string) {
  if (config.DATABASE_URL !== undefined)
    return { url: config.DATABASE_URL, stop: async () => undefined }
  // Loaded only when needed: a service on a real server carries none of it.
  const { startEmbeddedPostgres } = await import('./embedded-postgres.ts')
  const server = await startEmbeddedPostgres({ dataDir: config.DATA_DIR })
  try {
    return { url: await server.urlFor(service), stop: server.stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}
