import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

/**
 * Named options only, each a string.
 * @throws UsageError for an unknown option, a missing value or a stray word.
 */
export function parseOptions<Name extends string>(
  args: string[],
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const options: ParseArgsConfig['options'] = {}
  for (const name of names) options[name] = { type: 'string' }
  try {
    return parseArgs({ args, options, allowPositionals: false }).values as Partial<
      Record<Name, string>
    >
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message : 'The options were not understood.',
    )
  }
}
