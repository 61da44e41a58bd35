import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from './new-id.ts'
import { isAlive } from './postmaster-file.ts'

/**
 * Notes that this process uses the server, so that whoever else stops leaves it running.
 * The answer takes the note away and says whether it was the last one.
 */
export async function joinServerUsers(folder: string): Promise<() => Promise<boolean>> {
  await mkdir(folder, { recursive: true })
  const note = join(folder, `${process.pid}.${newId()}`)
  await writeFile(note, '')
  return async () => {
    await rm(note, { force: true })
    return !(await hasLiveUsers(folder))
  }
}

async function hasLiveUsers(folder: string): Promise<boolean> {
  for (const note of await readdir(folder).catch(() => [])) {
    const [pid] = note.split('.')
    if (isAlive(Number(pid))) return true
    await rm(join(folder, note), { force: true }) // killed before it could take its note away
  }
  return false
}
