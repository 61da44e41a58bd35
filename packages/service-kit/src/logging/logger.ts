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
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(error instanceof DatabaseError && { message: error.message }),
    frames: readFrames(error),
    ...(error.cause !== undefined && depth < 3 && { cause: describeError(error.cause, depth + 1) }),
  }
}

/** The stack begins with the message, which may have lines of its own that look like frames. */
function readFrames({ stack = '', message }: Error): string[] {
  const at = message === '' ? -1 : stack.lastIndexOf(message)
  return stack
    .slice(at < 0 ? 0 : at + message.length)
    .split('\n')
    .filter((line) => /^ {4}at .*(:\d+:\d+\)?|\(<anonymous>\))$/.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
}
