import { ProblemError } from '@mikromerit/client'
import type { Command } from './command.ts'
import { UsageError } from './usage-error.ts'

/**
 * What is printed when a command fails. Refusals, wrong words and what does not answer are told in a
 * sentence; only what nobody foresaw shows its stack.
 */
export function describeError(error: unknown, command: Pick<Command, 'usage'>): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof UsageError) return `${error.message}\n\nUsage: mikromerit ${command.usage}`
  if (error instanceof ProblemError) return error.message
  // By name: their classes come with all of the database code, which no other command needs.
  if (error.name === 'EmbeddedPostgresError') return error.message
  if (error.name === 'DatabaseError') {
    return `${error.message}. Does DATABASE_URL name a database that is there, and a role that owns it?`
  }
  const unreachable = findUnreachable(error)
  if (unreachable) {
    return `A service does not answer (${unreachable}). Start the services, or say where they are with ISSUER_URL, WALLET_URL and VERIFIER_URL.`
  }
  return error.stack ?? error.message
}

/** `fetch` hides the network's own code in the cause of a TypeError. */
function findUnreachable({ name, cause }: Error): string | undefined {
  if (name !== 'TypeError' || !(cause instanceof Error)) return undefined
  const code: unknown = Reflect.get(cause, 'code')
  return typeof code === 'string' ? code : cause.message
}
