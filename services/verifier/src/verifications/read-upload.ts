import type { IncomingMessage } from 'node:http'
import multipart from '@fastify/multipart'
import { createVerbatimValidators, Problem } from '@mikromerit/service-kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Media types whose body is the file itself. */
export const fileTypes = [
  'image/png',
  'image/svg+xml',
  'application/xml',
  'text/xml',
  'text/plain',
  'application/vc+jwt',
  'application/vp+jwt',
  'application/dc+sd-jwt',
  'application/jwt',
  'application/ld+json',
  'application/vc',
  'application/octet-stream',
]

/** Lets the routes of a plugin take files: as the body, or as the one part of a form. */
export async function registerUploads(app: FastifyInstance, maxBytes: number): Promise<void> {
  await app.register(multipart, {
    limits: { files: 1, fields: 0, parts: 2, headerPairs: 50, fileSize: maxBytes },
  })
  app.removeContentTypeParser('text/plain')
  // What is in a file is for its detector to say; its schema only describes it.
  const compile = createVerbatimValidators()
  app.setValidatorCompiler((route) => {
    const { contentType = 'application/json' } = route as { contentType?: string }
    return contentType === 'application/json' ? compile(route) : () => true
  })
  app.addContentTypeParser(fileTypes, (_request: FastifyRequest, body: IncomingMessage) =>
    readBody(body, maxBytes),
  )
}

/** The limit is that of files, and so is the refusal; what comes after is left unread. */
function readBody(body: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const take = (chunk: Buffer) => {
      length += chunk.length
      if (length <= maxBytes) chunks.push(chunk)
      else refuse()
    }
    const refuse = () => {
      body.off('data', take)
      body.resume()
      reject(new Problem('file-too-large'))
    }
    if (Number(body.headers?.['content-length'] ?? 0) > maxBytes) return refuse()
    body.on('data', take)
    body.once('end', () => resolve(Buffer.concat(chunks)))
    body.once('error', reject)
  })
}

/** What was handed in, and what is asked about it. */
export interface Upload {
  readonly given: string | object | Uint8Array
  /** Whom a badge is expected to name. */
  readonly recipient?: string
}

/**
 * Reads a request for a verification: a file, or a JSON body, which the schema has checked.
 * @throws Problem upload-invalid, file-too-large
 */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (request.isMultipart()) return { given: await readFormFile(request) }
  const { body } = request
  if (body instanceof Uint8Array) return { given: demandContent(body) }
  const { credential, recipient } = Object(body) as { credential?: unknown; recipient?: unknown }
  const isGiven =
    typeof credential === 'string' || (typeof credential === 'object' && credential !== null)
  if (!isGiven) throw new Problem('upload-invalid', { detail: 'The request has no body.' })
  return { given: credential, ...(typeof recipient === 'string' && { recipient }) }
}

async function readFormFile(request: FastifyRequest): Promise<Uint8Array> {
  const files: Uint8Array[] = []
  try {
    for await (const part of request.files()) files.push(await part.toBuffer())
  } catch (error) {
    const { code } = Object(error) as { code?: unknown }
    if (code === 'FST_REQ_FILE_TOO_LARGE') throw new Problem('file-too-large')
    throw new Problem('upload-invalid', { detail: 'The form does not hold exactly one file.' })
  }
  const [file] = files
  if (!file) throw new Problem('upload-invalid', { detail: 'The form does not hold a file.' })
  return demandContent(file)
}

function demandContent(file: Uint8Array): Uint8Array {
  if (file.length === 0) throw new Problem('upload-invalid', { detail: 'The file is empty.' })
  return file
}
