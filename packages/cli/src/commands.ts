import { demo } from './demo/command.ts'
import { doctor } from './doctor/command.ts'
import { migrateDatabase } from './migrate.ts'
import { token } from './token.ts'

export interface Command {
  readonly name: string
  /** The line after `mikromerit`. */
  readonly usage: string
  readonly summary: string
  /** @returns the exit code. @throws UsageError when the words are off. */
  readonly run: (args: string[]) => Promise<number>
}

export const commands: readonly Command[] = [token, demo, migrateDatabase, doctor]

export const usage = () =>
  [
    'mikromerit: issue, hold and verify European micro-credentials',
    '',
    ...commands.map(({ usage, summary }) => `  mikromerit ${usage}\n      ${summary}`),
    '',
    'The variables DATA_DIR, ISSUER_URL, WALLET_URL and VERIFIER_URL say where things are;',
    'without them: .data and http://localhost:3001, 3002 and 3003.',
  ].join('\n')
