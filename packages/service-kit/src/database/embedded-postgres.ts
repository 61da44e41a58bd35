import pg from 'pg'
import { findPostgresBinaries } from './postgres-binaries.ts'
import { clusterFolders, initialiseCluster } from './postgres-cluster.ts'
import { ensureServer, type PostgresSettings, stopServer } from './postgres-server.ts'
import { joinServerUsers } from './server-users.ts'

export interface EmbeddedPostgres {
  /** Connection string of the superuser: for making databases, never for a service. */
  readonly adminUrl: string
  /** Connection string of a service's own database and role, both made at the first call. */
  urlFor(service: string): Promise<string>
  /** Stops the server unless another process still uses it. */
  stop(): Promise<void>
}

/**
 * A PostgreSQL server with its data under `dataDir`, on a Unix socket only. Whoever needs it first
 * starts it, others join it, the last one to stop ends it; a server left by a killed process is
 * joined, the remains of a killed server are cleared up. Throws EmbeddedPostgresError.
 */
export async function startEmbeddedPostgres(options: {
  readonly dataDir: string
  readonly settings?: PostgresSettings
}): Promise<EmbeddedPostgres> {
  const folders = clusterFolders(options.dataDir)
  const binaries = await findPostgresBinaries()
  await initialiseCluster(folders, binaries)
  const leave = await joinServerUsers(folders.users)
  const stop = async () => {
    if (await leave()) await stopServer(folders)
  }
  try {
    const { socketFolder } = await ensureServer(folders, binaries, options.settings)
    const adminUrl = socketUrl(socketFolder, 'postgres')
    const urlFor = async (service: string) => {
      await createServiceDatabase(adminUrl, service)
      return socketUrl(socketFolder, service)
    }
    return { adminUrl, urlFor, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const socketUrl = (folder: string, name: string): string =>
  `postgres://${name}@localhost/${name}?host=${encodeURIComponent(folder)}`

/** A database owned by a role of the same name: no superuser, so that row-level security binds it. */
async function createServiceDatabase(adminUrl: string, service: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(service) || service === 'postgres')
    throw new TypeError('A service name is lower case letters, digits and underscores')
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query(`SELECT pg_advisory_lock(hashtext('mikromerit create database'))`)
    const role = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [service])
    if (role.rowCount === 0)
      await admin.query(`CREATE ROLE ${service} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB`)
    const database = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [service])
    if (database.rowCount === 0) await admin.query(`CREATE DATABASE ${service} OWNER ${service}`)
  } finally {
    await admin.end()
  }
}
