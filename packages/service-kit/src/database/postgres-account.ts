import { stat } from 'node:fs/promises'

/**
 * Whom PostgreSQL runs as. It refuses to run as root, so a root process (a container, a CI runner)
 * hands it to the unprivileged account that every system has.
 */
export interface PostgresAccount {
  readonly uid?: number
  readonly gid?: number
}

const nobody = 65534

export const isRoot = (): boolean => process.getuid?.() === 0

/** The account for a data folder: for root its owner, if it is there and was somebody else's before. */
export async function findAccount(dataFolder: string): Promise<PostgresAccount> {
  if (!isRoot()) return {}
  const found = await stat(dataFolder).catch(() => undefined)
  return found && found.uid !== 0
    ? { uid: found.uid, gid: found.gid }
    : { uid: nobody, gid: nobody }
}

/**
 * How PostgreSQL names a folder it is started in. As root on Linux the folder may lie below one that
 * the unprivileged account cannot enter (root's home, a fresh temporary folder); the kernel's link to
 * the current folder needs no way through the folders above it.
 */
export const dataFolderArgument = (folder: string): string =>
  isRoot() && process.platform === 'linux' ? '/proc/self/cwd' : folder
