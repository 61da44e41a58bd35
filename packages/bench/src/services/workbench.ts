import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openDevelopmentTokenIssuer } from '@mikromerit/service-kit'
import { startEmbeddedPostgres } from '@mikromerit/service-kit/embedded-postgres'
import pg from 'pg'
import { type BareServer, startBareServer } from '../load/bare-limit.ts'
import { type ServiceName, type ServiceProcess, startServiceProcess } from './service-process.ts'

const root = join(import.meta.dirname, '../../../..')
const run = promisify(execFile)

export interface RunningService extends ServiceProcess {
  readonly url: string
}

export interface TokenClaims {
  readonly organisation?: string
  readonly subject?: string
}

/** Built services on an embedded PostgreSQL of their own, started when they are needed. */
export interface Workbench {
  readonly dataDir: string
  /** Version of the PostgreSQL server. */
  readonly postgresVersion: string
  /** The running service, started unless it runs. */
  start(name: ServiceName): Promise<RunningService>
  /** The service if it runs. */
  running(name: ServiceName): Promise<RunningService | undefined>
  stop(name: ServiceName): Promise<void>
  startBare(): Promise<BareServer>
  accessToken(scope: string, claims?: TokenClaims): Promise<string>
  close(): Promise<void>
}

export interface WorkbenchOptions {
  /** Folder for processor profiles of the services. */
  readonly profiles?: string | undefined
}

/** Lies beside what `npm start` keeps, so that commits meet the same disk. */
export async function openWorkbench({ profiles }: WorkbenchOptions = {}): Promise<Workbench> {
  await mkdir(join(root, '.data'), { recursive: true })
  const dataDir = await mkdtemp(join(root, '.data/bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  const running = new Map<ServiceName, Promise<RunningService>>()
  let bare: Promise<BareServer> | undefined

  const startProcess = async (name: ServiceName) => {
    const port = await findFreePort()
    const url = `http://localhost:${port}`
    const env = {
      LOG_LEVEL: 'warn',
      HOST: 'localhost',
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      DATABASE_URL: await postgres.urlFor(name),
      RATE_LIMIT_PER_MINUTE: '0',
      ...(profiles && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${join(profiles, name)}` }),
    }
    return { url, ...(await startServiceProcess(bundleOf(dataDir, name), url, env)) }
  }

  const stop = async (name: ServiceName) => {
    const service = running.get(name)
    running.delete(name)
    await (await service)?.stop()
  }

  return {
    dataDir,
    postgresVersion: await readVersion(postgres.adminUrl),
    start: (name) => {
      const service = running.get(name) ?? build(name, dataDir).then(() => startProcess(name))
      running.set(name, service)
      return service
    },
    running: async (name) => running.get(name),
    stop,
    startBare: () => {
      bare ??= postgres.urlFor('bench').then(startBareServer)
      return bare
    },
    accessToken: async (scope, claims) => {
      const issuer = await openDevelopmentTokenIssuer(dataDir)
      return issuer.sign({ scope, expiresIn: 86_400, ...claims })
    },
    close: async () => {
      await Promise.allSettled([...running.keys()].map(stop))
      await (await bare)?.stop()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const bundleOf = (dataDir: string, name: ServiceName) => join(dataDir, 'built', name)

/** As `npm start` runs it: one file, made anew. A copy, so that a later build changes no measurement. */
async function build(name: ServiceName, dataDir: string): Promise<void> {
  if (existsSync(bundleOf(dataDir, name))) return
  await run(process.execPath, ['scripts/bundle.ts', `services/${name}`], { cwd: root })
  await cp(join(root, 'services', name, 'dist'), bundleOf(dataDir, name), { recursive: true })
}

async function readVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    return rows[0]?.server_version ?? 'unknown'
  } finally {
    await client.end()
  }
}

const findFreePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, 'localhost', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
