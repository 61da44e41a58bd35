import { spawn } from 'node:child_process'
import { chown, mkdtemp, open, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { dataFolderArgument, findAccount, type PostgresAccount } from './postgres-account.ts'
import { findSharedTemporaryFolder, type PostgresBinaries } from './postgres-binaries.ts'
import { type ClusterFolders, explainFailure } from './postgres-cluster.ts'
import {
  findPostmaster,
  type Postmaster,
  removeSocketFolder,
  socketFolderTemplate,
} from './postmaster-file.ts'

/** PostgreSQL settings by name, as given to `-c`. */
export type PostgresSettings = Readonly<Record<string, string>>

const settings: PostgresSettings = {
  // No TCP port: only a socket in a folder that its owner alone may enter.
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  jit: 'off',
  max_connections: '200',
  // Error messages and their statements may hold personal data: the log keeps fatal ones only.
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

const startLimitMs = 60_000
const stopLimitMs = 30_000
const pollMs = 15

/** The server of this cluster: the one that runs already, else a new one. Safe when several start at once. */
export async function ensureServer(
  folders: ClusterFolders,
  binaries: PostgresBinaries,
  extra: PostgresSettings = {},
): Promise<Postmaster> {
  const deadline = Date.now() + startLimitMs
  let failures = 0
  while (Date.now() < deadline) {
    const running = await findPostmaster(folders.data)
    if (running?.isReady && (await answers(running))) return running
    // One that starts (perhaps recovering) or stops is waited for.
    if (running) await pause(pollMs)
    else if (!(await startServer(folders, binaries, extra)) && ++failures === 5) break
  }
  throw new EmbeddedPostgresError(await readFailure(folders.log))
}

// The file outlives a killed server for a moment: only an answer proves that one runs.
async function answers({ socketFolder }: Postmaster): Promise<boolean> {
  const client = new pg.Client({ host: socketFolder, user: 'postgres', database: 'postgres' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Answers false when the server ended before it was ready: another process was first, or it cannot run. */
async function startServer(
  folders: ClusterFolders,
  binaries: PostgresBinaries,
  extra: PostgresSettings,
): Promise<boolean> {
  const account = await findAccount(folders.data)
  const sockets = await makeSocketFolder(account)
  const options = Object.entries({ ...settings, ...extra }).map(
    ([name, value]) => `-c${name}=${value}`,
  )
  const log = await open(folders.log, 'a', 0o600)
  const child = spawn(
    binaries.postgres,
    ['-D', dataFolderArgument(folders.data), '-k', sockets, ...options],
    // Detached: a Ctrl-C meant for us must not stop it while requests still finish.
    {
      cwd: folders.data,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      ...account,
      env: {},
    },
  )
  let failure: Error | undefined
  child.on('error', (error) => {
    failure = error
  })
  child.unref()
  await log.close()
  while (failure === undefined && child.exitCode === null && child.signalCode === null) {
    const running = await findPostmaster(folders.data)
    if (running?.pid === child.pid && running?.isReady) return true
    await pause(pollMs)
  }
  await removeSocketFolder(sockets)
  if (failure) throw new EmbeddedPostgresError(explainFailure(failure), { cause: failure })
  return false
}

async function makeSocketFolder({ uid, gid }: PostgresAccount): Promise<string> {
  const folder = await mkdtemp(socketFolderTemplate(await findSharedTemporaryFolder()))
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid)
  return folder
}

async function readFailure(log: string): Promise<string> {
  const stderr = await readFile(log, 'utf8').catch(() => '')
  const last = stderr.trim().split('\n').slice(-1).join('')
  return explainFailure(Object.assign(new Error('PostgreSQL ended'), { stderr: last }))
}

/** Stops the server of this cluster, if one runs: sessions are ended, data is flushed. */
export async function stopServer(folders: ClusterFolders): Promise<void> {
  const running = await findPostmaster(folders.data)
  if (!running) return
  const deadline = Date.now() + stopLimitMs
  signal(running.pid, 'SIGINT')
  while ((await findPostmaster(folders.data))?.pid === running.pid) {
    // SIGQUIT loses nothing either: the next start recovers from the write-ahead log.
    if (Date.now() > deadline) return signal(running.pid, 'SIGQUIT')
    await pause(pollMs)
  }
  await removeSocketFolder(running.socketFolder)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already, or another account's: nothing of ours to stop.
  }
}
