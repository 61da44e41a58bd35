import { execFile } from 'node:child_process'
import { chown, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { dataFolderArgument, findAccount } from './postgres-account.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** Where one embedded server keeps its things. */
export interface ClusterFolders {
  /** PostgreSQL's own data folder */
  readonly data: string
  /** one file per process that uses the server */
  readonly users: string
  readonly log: string
}

export const clusterFolders = (dataDir: string): ClusterFolders => ({
  data: resolve(dataDir, 'postgres'),
  users: resolve(dataDir, 'postgres-users'),
  log: resolve(dataDir, 'postgres.log'),
})

/** Makes the data folder unless it is there. Several processes may do this at once: one wins. */
export async function initialiseCluster(
  folders: ClusterFolders,
  binaries: PostgresBinaries,
): Promise<void> {
  if (await isInitialised(folders.data)) return
  await mkdir(resolve(folders.data, '..'), { recursive: true })
  const fresh = await mkdtemp(`${folders.data}.new-`)
  try {
    const { uid, gid } = await findAccount(fresh)
    if (uid !== undefined && gid !== undefined) await chown(fresh, uid, gid)
    await runInitdb(binaries.initdb, fresh)
    await rename(fresh, folders.data)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    if (await isInitialised(folders.data)) return
    throw error instanceof EmbeddedPostgresError ? error : unusableFolder(folders.data, error)
  }
}

const unusableFolder = (folder: string, cause: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `${folder} cannot be written or belongs to another account: give it to this one, or remove it`,
    { cause },
  )

const isInitialised = async (folder: string): Promise<boolean> =>
  (await stat(join(folder, 'PG_VERSION')).catch(() => undefined)) !== undefined

// The built-in locale sorts the same on every machine and needs no system locale.
const initdbArguments = [
  '--no-sync',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--encoding=UTF8',
  '--username=postgres',
  '--auth=trust',
  '--no-instructions',
]

async function runInitdb(initdb: string, folder: string): Promise<void> {
  try {
    await promisify(execFile)(initdb, ['-D', dataFolderArgument(folder), ...initdbArguments], {
      cwd: folder,
      env: { TZ: 'UTC' },
      ...(await findAccount(folder)),
    })
  } catch (error) {
    throw new EmbeddedPostgresError(explainFailure(error), { cause: error })
  }
}

/** What kept a PostgreSQL program from running, in words for the person at the keyboard. */
export function explainFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
  const library = /error while loading shared libraries: (\S+?):/.exec(stderr)?.[1]
  if (library !== undefined) return `the system library ${library} is missing`
  if (code === 'ENOENT') return 'its programs need glibc, which this system does not have'
  if (code === 'EACCES') return 'its programs may not be executed (is the folder mounted noexec?)'
  if (code === 'EPERM') return 'root may not hand it to an unprivileged account here'
  return stderr.split('\n').at(-1) || 'it stopped without a message'
}
