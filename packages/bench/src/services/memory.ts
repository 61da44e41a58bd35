import { readFile } from 'node:fs/promises'

export interface Memory {
  /** Resident set now, in bytes. */
  readonly resident: number
  /** The greatest it has been. */
  readonly peak: number
}

/** What a process holds of the machine's memory; undefined where the system does not say (Linux does). */
export async function readMemory(pid: number): Promise<Memory | undefined> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const [resident, peak] = [readKibibytes(text, 'VmRSS'), readKibibytes(text, 'VmHWM')]
  return resident === undefined || peak === undefined ? undefined : { resident, peak }
}

function readKibibytes(text: string, name: string): number | undefined {
  const [, value] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text) ?? []
  return value === undefined ? undefined : Number(value) * 1_024
}
