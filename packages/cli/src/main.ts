#!/usr/bin/env node
import { ProblemError } from '@mikromerit/client'
import { commands, usage } from './commands.ts'
import { UsageError } from './usage-error.ts'

const [name, ...args] = process.argv.slice(2)
const command = commands.find((candidate) => candidate.name === name)

if (!command) {
  const asked = name === undefined || name === 'help' || name === '--help'
  ;(asked ? console.log : console.error)(usage())
  process.exit(asked ? 0 : 2)
}

try {
  process.exitCode = await command.run(args)
} catch (error) {
  process.exitCode = error instanceof UsageError ? 2 : 1
  console.error(describe(error))
}

/** Refusals and wrong words are told in a sentence; only what we did not foresee shows its stack. */
function describe(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\nUsage: mikromerit ${command?.usage}`
  if (error instanceof ProblemError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
