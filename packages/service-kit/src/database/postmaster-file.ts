import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** What a running server says about itself in its data folder (PostgreSQL: miscadmin.h, pidfile.h). */
export interface Postmaster {
  readonly pid: number
  readonly socketFolder: string
  readonly isReady: boolean
}

const socketFolderPrefix = 'mm-pg-'

/** The server that holds this data folder; undefined when none does. Clears up after a killed one. */
export async function findPostmaster(dataFolder: string): Promise<Postmaster | undefined> {
  const file = join(dataFolder, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const [pidLine = '', , , , socketFolder = '', , , status = ''] = text.split('\n')
  const pid = Number(pidLine)
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  if (await isServing(pid, dataFolder))
    return { pid, socketFolder, isReady: status.trim() === 'ready' }
  // Killed, and its number perhaps given to another program: PostgreSQL itself would refuse to start.
  await rm(file, { force: true })
  await removeSocketFolder(socketFolder)
  return undefined
}

async function isServing(pid: number, dataFolder: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  return folder !== undefined && folder === (await realpath(dataFolder))
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export const socketFolderTemplate = (parent: string): string => {
  // A socket's path may be 107 bytes long (103 on macOS), file name included.
  const short = Buffer.byteLength(parent) > 70 ? '/tmp' : parent
  return join(short, socketFolderPrefix)
}

/** Removes a folder made from `socketFolderTemplate`, and no other. */
export async function removeSocketFolder(folder: string): Promise<void> {
  if (!basename(folder).startsWith(socketFolderPrefix) || dirname(folder) === folder) return
  await rm(folder, { recursive: true, force: true })
}
