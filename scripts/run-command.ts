import { type ChildProcess, spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const root = join(import.meta.dirname, '..')

const running = new Set<ChildProcess>()

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

/**
 * What we run finds the pinned tools, reports nothing to its makers, and asks nobody whether it is the
 * newest.
 */
const environment = {
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
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
      env: { ...process.env, ...environment, ...env },
    })
    running.add(child)
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => {
      running.delete(child)
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() })
    })
  })
}

/** Asks what is running to end, for a script that must end itself. */
export function stopCommands(): void {
  for (const child of running) child.kill('SIGTERM')
}
