import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

let dataDir: string
const servers: EmbeddedPostgres[] = []
const children: ChildProcess[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mikromerit-embedded-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  for (const server of servers.splice(0)) await server.stop()
  // Whoever was killed left the server running: the last one to come and go ends it.
  if (await exists('postgres/postmaster.pid'))
    await (await startEmbeddedPostgres({ dataDir })).stop()
  await rm(dataDir, { recursive: true })
})

const exists = async (name: string) =>
  (await stat(join(dataDir, name)).catch(() => undefined)) !== undefined

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder })
  servers.push(server)
  return server
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** Another process that uses the server of this folder, as a service of its own would. */
async function startElsewhere(): Promise<{ child: ChildProcess; url: string }> {
  const module = join(import.meta.dirname, 'embedded-postgres.ts')
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)})
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })
    process.on('SIGTERM', () => server.stop().then(() => process.exit()))
    process.stdout.write(await server.urlFor('wallet'))
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [url] = await once(child.stdout, 'data')
  return { child, url: String(url) }
}

async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

const readPid = async (): Promise<number> =>
  Number.parseInt(await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)

describe('startEmbeddedPostgres', () => {
  it('gives a service its own database under a role that is no superuser', async () => {
    const server = await start()
    const url = await server.urlFor('issuer')
    expect(await server.urlFor('issuer')).toBe(url)
    const [row] = await ask(
      url,
      `SELECT current_user AS role, current_database() AS database, rolsuper, rolbypassrls,
         current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS tcp
       FROM pg_roles WHERE rolname = current_user`,
    )
    expect(row).toEqual({
      role: 'issuer',
      database: 'issuer',
      rolsuper: false,
      rolbypassrls: false,
      encoding: 'UTF8',
      tcp: '',
    })
  })

  it('keeps what was written when it is stopped and started', async () => {
    const first = await start()
    await ask(await first.urlFor('issuer'), 'CREATE TABLE kept AS SELECT 1 AS one')
    await first.stop()
    expect(await exists('postgres/postmaster.pid')).toBe(false)
    const second = await start()
    expect(await ask(await second.urlFor('issuer'), 'SELECT one FROM kept')).toEqual([{ one: 1 }])
  })

  it('starts one server for all that come at once, in one process and in several', async () => {
    const started = await Promise.all([start(), start(), startElsewhere(), startElsewhere()])
    expect(started).toHaveLength(4)
    expect((await readdir(dataDir)).filter((name) => name.includes('new-'))).toEqual([])
    const [first] = started
    const running = await ask(first.adminUrl, 'SELECT pg_postmaster_start_time()')
    expect(running).toHaveLength(1)
  })

  it('leaves the server to those who still use it, and the last one ends it', async () => {
    const first = await start()
    const { child, url } = await startElsewhere()
    await first.stop()
    expect(await ask(url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }])
    await kill(child, 'SIGTERM')
    expect(await exists('postgres/postmaster.pid')).toBe(false)
  })

  it('takes over the server of a process that was killed', async () => {
    const { child, url } = await startElsewhere()
    await ask(url, 'CREATE TABLE kept AS SELECT 1 AS one')
    const pid = await readPid()
    await kill(child)
    const server = await start()
    expect(await readPid()).toBe(pid)
    expect(await ask(await server.urlFor('wallet'), 'SELECT one FROM kept')).toEqual([{ one: 1 }])
    await server.stop()
    expect(await exists('postgres/postmaster.pid')).toBe(false)
  })

  it('recovers, with all that was committed, from a server that was killed', async () => {
    const first = await start()
    await ask(await first.urlFor('issuer'), 'CREATE TABLE kept AS SELECT 1 AS one')
    process.kill(await readPid(), 'SIGKILL')
    const second = await start()
    expect(await ask(await second.urlFor('issuer'), 'SELECT one FROM kept')).toEqual([{ one: 1 }])
  })

  it('is not fooled by a stale file whose number another program has now', async () => {
    await (await start()).stop()
    const stale = [process.pid, dataDir, 1, 5432, '/tmp/mm-pg-gone', '', '1 1', 'ready   ', '']
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), stale.join('\n'))
    const server = await start()
    expect(await ask(server.adminUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }])
  })

  it('works below a folder that other accounts cannot enter, and with a long path', async () => {
    await chmod(dataDir, 0o700)
    const deep = join(dataDir, 'x'.repeat(100), 'ö å')
    await mkdir(deep, { recursive: true, mode: 0o700 })
    const server = await start(deep)
    expect(await ask(await server.urlFor('issuer'), 'SELECT 1 AS alive')).toEqual([{ alive: 1 }])
  })

  it.runIf(process.getuid?.() === 0)(
    'runs as whoever owns the data, when we are root',
    async () => {
      await (await start()).stop()
      const owner = 1
      await promisify(execFile)('chown', ['-R', `${owner}:${owner}`, join(dataDir, 'postgres')])
      const server = await start()
      expect(await ask(server.adminUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }])
      expect((await stat(join(dataDir, 'postgres/postmaster.pid'))).uid).toBe(owner)
    },
  )

  it('keeps values out of its log', async () => {
    const server = await start()
    const url = await server.urlFor('issuer')
    await ask(url, 'CREATE TABLE names (name text PRIMARY KEY)')
    await ask(url, `INSERT INTO names VALUES ('Astrid')`)
    await expect(ask(url, `INSERT INTO names VALUES ('Astrid')`)).rejects.toThrow()
    await expect(ask(url, `SELECT 'Astrid'::uuid`)).rejects.toThrow()
    await server.stop()
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('Astrid')
  })

  it('refuses a service name that is not one', async () => {
    const server = await start()
    for (const name of ['postgres', 'a; DROP DATABASE issuer', 'Issuer', ''])
      await expect(server.urlFor(name)).rejects.toThrow(TypeError)
  })

  it('says what to do when it cannot start', async () => {
    await (await start()).stop()
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '9\n')
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/DATABASE_URL/)
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '18\n')
  })
})
