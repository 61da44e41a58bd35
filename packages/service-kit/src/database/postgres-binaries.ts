import { chmod, chown, cp, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { isRoot } from './postgres-account.ts'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * The binaries that came with `@embedded-postgres/<platform>`; in a copy when the account that runs
 * them could not reach the original. Throws EmbeddedPostgresError where there are none.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const { native, version } = await findNativeFolder()
  const usable =
    (await hasLinks(native)) && (!isRoot() || (await everyoneMayEnter(join(native, 'bin'))))
  const folder = usable ? native : await copyNative(native, version)
  return { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres') }
}

async function findNativeFolder(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    await stat(join(root, 'native/bin/postgres'))
    return { native: join(root, 'native'), version: String(version) }
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `no PostgreSQL binaries for ${process.platform}-${process.arch} are installed`,
      { cause },
    )
  }
}

/** A folder below the temporary one that any account may pass through. */
export async function findSharedTemporaryFolder(): Promise<string> {
  const own = tmpdir()
  if (!isRoot() || (await everyoneMayEnter(own))) return own
  return '/tmp'
}

async function everyoneMayEnter(folder: string): Promise<boolean> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const { mode } = await stat(at)
    if ((mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

// The package's install script makes the library links; package managers may have skipped it.
async function readLinks(native: string): Promise<Link[]> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  return JSON.parse(text)
}

async function hasLinks(native: string): Promise<boolean> {
  const links = await readLinks(native)
  const found = links.map(({ target }) =>
    stat(join(dirname(native), target)).catch(() => undefined),
  )
  return (await Promise.all(found)).every(Boolean)
}

async function copyNative(native: string, version: string): Promise<string> {
  const parent = await findSharedTemporaryFolder()
  const owner = process.getuid?.() ?? 0
  const folder = join(parent, `mikromerit-postgres-${version}-${process.arch}-${owner}`)
  if (await isOurs(folder)) return folder
  const fresh = await mkdtemp(`${folder}.`)
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
  for (const { source, target } of await readLinks(native)) {
    const path = join(fresh, relative(basename(native), target))
    const link = symlink(relative(dirname(target), source), path)
    await link.catch(ignoreCode('EEXIST'))
  }
  if (isRoot()) await chown(fresh, 0, 0)
  await chmod(fresh, 0o755)
  try {
    await rename(fresh, folder)
    return folder
  } catch {
    // Another process was first, or someone else holds the name: then our own copy serves.
    if (!(await isOurs(folder))) return fresh
    await rm(fresh, { recursive: true, force: true })
    return folder
  }
}

// The folder lies where anyone may create names: a stranger's programs must not be run.
async function isOurs(folder: string): Promise<boolean> {
  const found = await stat(join(folder, 'bin/postgres')).catch(() => undefined)
  const parent = await stat(folder).catch(() => undefined)
  const uid = process.getuid?.() ?? 0
  return found?.uid === uid && parent?.uid === uid && (parent.mode & 0o022) === 0
}

const ignoreCode =
  (...codes: readonly string[]) =>
  (error: unknown): undefined => {
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return
    throw error
  }
