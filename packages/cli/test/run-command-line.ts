import { execFile } from 'node:child_process'
import { join } from 'node:path'

const bin = join(import.meta.dirname, '../../../node_modules/.bin/mikromerit')

export interface CommandLineResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `mikromerit` as anyone does, in an environment of its own. */
export const runCommandLine = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandLineResult> =>
  new Promise((resolve) => {
    const { PATH = '' } = process.env
    execFile(bin, args, { env: { PATH, ...env } }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0
      resolve({ code, stdout, stderr })
    })
  })
