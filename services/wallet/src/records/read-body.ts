import { Problem } from '@mikromerit/service-kit'
import type { FastifyInstance } from 'fastify'

/** Media types whose body is the file itself. */
export const fileTypes = [
  'application/xml',
  'text/xml',
  'text/plain',
  'image/png',
  'image/svg+xml',
  'application/vc+jwt',
  'application/dc+sd-jwt',
  'application/jwt',
  'application/ld+json',
  'application/octet-stream',
]

/** ELMO files bring their attachments along. */
const maxFileBytes = 5 * 1_048_576

/** Lets the routes of a plugin take a file as their body. */
export function takeFiles(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain')
  // What is in a file is for its reader to say; the schema describes the JSON form.
  const compile = app.validatorCompiler
  app.setValidatorCompiler((route) => {
    const { contentType = 'application/json' } = route as { contentType?: string } // of bodies only
    return contentType === 'application/json' && compile ? compile(route) : () => true
  })
  app.addContentTypeParser(
    fileTypes,
    { parseAs: 'buffer', bodyLimit: maxFileBytes },
    (_request, body, done) => done(null, body),
  )
}

/** The bytes of a file, or of what a JSON body holds as text or as an object. Throws `record-invalid` for nothing. */
export function readFile(body: unknown): Uint8Array {
  const { record } = Object(body)
  const content = body instanceof Uint8Array ? body : record
  if (content === undefined || content.length === 0)
    throw new Problem('record-invalid', { detail: 'The request holds no record.' })
  if (content instanceof Uint8Array) return content
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
}
