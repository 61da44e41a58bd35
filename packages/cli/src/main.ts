#!/usr/bin/env node
import { commands, usage } from './commands.ts'
import { describeError } from './describe-error.ts'
import { UsageError } from './usage-error.ts'

const [name, ...args] = process.argv.slice(2)
const command = commands.find((candidate) => candidate.name === name)
const asksForHelp = (word: string | undefined) => word === '--help' || word === '-h'

if (name === undefined || name === 'help' || asksForHelp(name)) {
  console.log(usage())
} else if (!command) {
  console.error(`There is no command "${name}".\n\n${usage()}`)
  process.exitCode = 2
} else if (args.some(asksForHelp)) {
  console.log(`mikromerit ${command.usage}\n    ${command.summary}`)
} else {
  try {
    process.exitCode = await command.run(args)
  } catch (error) {
    process.exitCode = error instanceof UsageError ? 2 : 1
    console.error(describeError(error, command))
  }
}
