import pino, { type DestinationStream, type Logger } from 'pino'
import { DatabaseError } from '../database/database-error.ts'

export interface LoggerOptions {
  readonly service: string
  readonly level: string
  /** Default: standard output. */
  readonly destination?: DestinationStream
}

/**
 * JSON lines with request ids and outcomes. What could hold personal data, tokens, claims or keys is not
 * redacted but never written: requests are logged by route pattern, errors without their message.
 */
export const createLogger = ({ service, level, destination }: LoggerOptions): Logger =>
  pino(
    {
      level,
      base: { service },
      serializers: {
        err: describeError,
        error: describeError,
        req: () => undefined,
        res: () => undefined,
      },
    },
    destination ?? pino.destination(1),
  )

interface ErrorDescription {
  readonly type: string
  readonly code?: string
  readonly message?: string
  readonly frames?: readonly string[]
  readonly cause?: ErrorDescription
}

/** An error's kind and place. Messages quote what was being parsed or stored, so only our database's own are kept. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const frames = error.stack
    ?.split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(error instanceof DatabaseError && { message: error.message }),
    ...(frames && { frames }),
    ...(error.cause !== undefined && depth < 3 && { cause: describeError(error.cause, depth + 1) }),
  }
}
