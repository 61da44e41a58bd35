import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

type Options<Name extends string> = Partial<Record<Name, string>>

/**
 * Named options only, each a string.
 * @throws UsageError for an unknown option, a missing value or a stray word.
 */
export const parseOptions = <Name extends string>(
  args: string[],
  names: readonly Name[],
): Options<Name> => parse(args, names, false).options

/**
 * One file, and named options.
 * @throws UsageError as {@link parseOptions}, and when there is not exactly one file.
 */
export function parseFileOptions<Name extends string>(
  args: string[],
  names: readonly Name[],
): { file: string; options: Options<Name> } {
  const { words, options } = parse(args, names, true)
  const [file, ...others] = words
  if (file === undefined || others.length > 0) throw new UsageError('Name one file.')
  return { file, options }
}

function parse<Name extends string>(
  args: string[],
  names: readonly Name[],
  allowPositionals: boolean,
): { words: string[]; options: Options<Name> } {
  const options: ParseArgsConfig['options'] = {}
  for (const name of names) options[name] = { type: 'string' }
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals })
    // Each option above is one string.
    return { words: positionals, options: values as Options<Name> }
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message : 'The options were not understood.',
    )
  }
}
