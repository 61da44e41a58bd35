import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import type { PostgresSettings } from '../database/postgres-server.ts'

export interface TestServer {
  readonly adminUrl: string
  stop(): Promise<void>
}

// Data of tests need not survive a power cut.
const settings: PostgresSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
}

/** A PostgreSQL for tests: in a container where an engine answers, else embedded in a temporary folder. */
export async function startTestServer(): Promise<TestServer> {
  if (!(await hasContainerEngine())) return startEmbedded()
  // An engine may answer and still not get the image: no network, a registry's limit.
  return startContainer().catch(startEmbedded)
}

async function hasContainerEngine(): Promise<boolean> {
  try {
    await promisify(execFile)('docker', ['info'], { timeout: 2_000 })
    return true
  } catch {
    return false
  }
}

async function startContainer(): Promise<TestServer> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const options = Object.entries(settings).map(([name, value]) => `-c${name}=${value}`)
  const container = await new GenericContainer('postgres:18')
    .withEnvironment({ POSTGRES_PASSWORD: 'postgres' })
    .withCommand(['postgres', ...options])
    .withTmpFs({ '/var/lib/postgresql': 'rw' })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage('database system is ready to accept connections', 2))
    .start()
  const address = `${container.getHost()}:${container.getMappedPort(5432)}`
  return {
    adminUrl: `postgres://postgres:postgres@${address}/postgres`,
    stop: async () => {
      await container.stop()
    },
  }
}

async function startEmbedded(): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mikromerit-test-'))
  const server = await startEmbeddedPostgres({ dataDir, settings })
  return {
    adminUrl: server.adminUrl,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
