import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { migrate } from '../database/migrate.ts'
import { newId } from '../database/new-id.ts'
import type {} from './global-setup.ts'
import { startTestServer, type TestServer } from './test-server.ts'

export interface TestDatabase {
  /** connection string of a role that is no superuser and owns the database; pass it as DATABASE_URL */
  readonly url: string
  /** Drops the database, whoever is still connected. */
  close(): Promise<void>
}

const password = 'test'

/**
 * A fresh, migrated database: a copy of a template that is migrated once per service and test run.
 * Without the run's global setup (unit tests) it brings its own server.
 */
export async function startTestDatabase(options: {
  readonly service: string
  readonly migrationsFolder: string
}): Promise<TestDatabase> {
  const server = await findTestServer()
  const role = `test_${options.service}`
  const name = `test_${newId().replaceAll('-', '')}`
  await asAdmin(server, async (admin) => {
    const template = await createTemplate(admin, server, { ...options, role })
    await admin.query(`CREATE DATABASE ${name} OWNER ${role} TEMPLATE ${template}`)
  })
  return {
    url: urlOf(server, role, name),
    close: async () => {
      await asAdmin(server, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
      await server.stop()
    },
  }
}

async function findTestServer(): Promise<TestServer> {
  const adminUrl: string | undefined = inject('postgresAdminUrl')
  return adminUrl === undefined ? startTestServer() : { adminUrl, stop: async () => undefined }
}

async function asAdmin<T>(server: TestServer, run: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  try {
    return await run(admin)
  } finally {
    await admin.end()
  }
}

async function createTemplate(
  admin: pg.Client,
  server: TestServer,
  { service, migrationsFolder, role }: { service: string; migrationsFolder: string; role: string },
): Promise<string> {
  const template = `template_${service}_${await digestFolder(migrationsFolder)}`
  // Test files run in several processes: the first makes the template, the others wait for it.
  await admin.query(`SELECT pg_advisory_lock(hashtext('test template'))`)
  const exists = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
  if (exists.rowCount === 0) {
    await createRole(admin, role)
    const unfinished = `unfinished_${newId().replaceAll('-', '')}`
    await admin.query(`CREATE DATABASE ${unfinished} OWNER ${role}`)
    await migrate(urlOf(server, role, unfinished), migrationsFolder)
    await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`)
  }
  await admin.query(`SELECT pg_advisory_unlock(hashtext('test template'))`)
  return template
}

async function createRole(admin: pg.Client, role: string): Promise<void> {
  const exists = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
  if (exists.rowCount === 0)
    await admin.query(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '${password}'`)
}

async function digestFolder(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  for (const name of names) hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex').slice(0, 12)
}

function urlOf(server: TestServer, role: string, database: string): string {
  const url = new URL(server.adminUrl)
  url.username = role
  url.password = password
  url.pathname = `/${database}`
  return url.href
}
