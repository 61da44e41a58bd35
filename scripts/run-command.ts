import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

export interface CommandOptions {
  readonly cwd?: string
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>
  /** `inherit`: what it prints is seen at once, and not kept. Default: `pipe`. */
  readonly output?: 'pipe' | 'inherit'
}

export interface CommandResult {
  readonly code: number
  /** What it printed, both streams in the order of arrival. */
  readonly output: string
}

/** What we run reports nothing to its makers, and asks nobody whether it is the newest. */
const discretion = {
  TURBO_TELEMETRY_DISABLED: '1',
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
}

/** Runs a program to its end. One that cannot be started answers exit code 1 and the reason. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd = root, env = {}, output = 'pipe' }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...discretion, ...env },
    })
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }),
    )
  })
}
