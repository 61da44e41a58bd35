import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { createOpenValidators } from '../service/validators.ts'
import { OAuthError } from './oauth-error.ts'

/**
 * Lets a protocol plugin's schemas describe without closing: unknown members pass (I-46), and nothing is
 * converted or removed, so that what a check reads is what was sent.
 */
export function openProtocolSchemas(app: FastifyInstance): void {
  app.setValidatorCompiler(createOpenValidators())
}

/** Takes form bodies alone, and refuses a parameter that is sent twice (RFC 6749 3.2, S-22). */
export async function registerFormBody(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers()
  await app.register(formbody, { parser: parseForm })
}

function parseForm(text: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) {
    if (Object.hasOwn(fields, name))
      throw new OAuthError('invalid_request', 'A parameter is sent more than once.')
    fields[name] = value
  }
  return fields
}
