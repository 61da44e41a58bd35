import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { withoutValues } from './database-error.ts'

/**
 * Applies the drizzle-kit migrations that are missing. Replicas that start at once wait for each other:
 * a session's advisory lock, which falls with the connection if the process is killed.
 */
export async function migrate(url: string, migrationsFolder: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'mikromerit migrate' })
  // The server may end a connection that waits; the query that waits then fails with it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(`SELECT pg_advisory_lock(hashtext('mikromerit migrate'))`)
    await applyMigrations(drizzle(client), { migrationsFolder })
  } catch (error) {
    throw withoutValues(error)
  } finally {
    await client.end()
  }
}

/** The migrations of a service, beside `src` in the checkout and beside or inside `dist` in an image. */
export function findMigrationsFolder(moduleFolder: string): string {
  const candidates = [join(moduleFolder, 'migrations'), join(moduleFolder, '../migrations')]
  const found = candidates.find((folder) => existsSync(join(folder, 'meta/_journal.json')))
  if (found === undefined) throw new Error('The migrations folder is not where it was built to be')
  return found
}
