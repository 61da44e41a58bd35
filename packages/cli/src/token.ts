import { openDevelopmentTokenIssuer } from '@mikromerit/service-kit/development-token-issuer'
import { parseOptions } from './arguments.ts'
import { readDataDir } from './places.ts'
import { UsageError } from './usage-error.ts'

const longestLifetime = 24 * 60 * 60

/** Prints an access token from the development token issuer, whose key lies in `DATA_DIR`. */
export async function printToken(args: string[]): Promise<number> {
  const options = parseOptions(args, ['scope', 'organisation', 'subject', 'expires-in'])
  if (!options.scope)
    throw new UsageError('Say which scopes the token should have: --scope "awards:write"')
  const expiresIn = readLifetime(options['expires-in'])
  const issuer = await openDevelopmentTokenIssuer(readDataDir(process.env))
  const signed = await issuer.sign({
    scope: options.scope,
    expiresIn,
    ...(options.organisation && { organisation: options.organisation }),
    ...(options.subject && { subject: options.subject }),
  })
  console.log(signed)
  return 0
}

function readLifetime(value = '3600') {
  const seconds = Number(value)
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= longestLifetime) return seconds
  throw new UsageError(`--expires-in takes whole seconds, from 1 to ${longestLifetime}.`)
}
