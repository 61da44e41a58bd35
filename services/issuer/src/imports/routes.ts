import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdempotencyHeaders, Problem, problemResponses } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Job } from '../jobs/schemas.ts'
import { OrganisationParams } from '../organisations/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { type ReceivedFile, receiveImport } from './receive-import.ts'
import { ImportBody, ImportQuery, TemplateParams, TemplateQuery } from './schemas.ts'
import { writeTemplate } from './template.ts'

/** Imports of awards from files. Mounted below /v1/organisations/:organisation. */
export const importRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  const fileSize = runtime.config.IMPORT_MAX_BYTES + 1
  // Here bodies are files, read as they arrive; JSON is no exception.
  app.removeAllContentTypeParsers()
  await app.register(multipart, { limits: { fileSize, files: 1, fields: 0, parts: 1 } })
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  app.post('/imports', {
    config: { scope: 'awards:write' },
    schema: {
      operationId: 'importAwards',
      tags: ['Imports'],
      summary: 'Import awards from a CSV, XLSX, JSON or ELMO file',
      description:
        'The file is the body, or the one part of multipart/form-data. The answer is a job: follow it until it has ended. A file with errors records nothing unless onErrors=skip; its rows say what is wrong, by row and column, and its error file can be corrected and sent again. A row that was imported before, by its reference or word for word, is not recorded again. A service that is stopped in between goes on where it was.',
      params: OrganisationParams,
      querystring: ImportQuery,
      headers: IdempotencyHeaders,
      body: ImportBody,
      response: { 202: Job, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429) },
    },
    handler: async (request, reply) => {
      const { organisation } = request.params
      const { status: _, body } = await receiveImport(runtime, organisation, {
        file: await findFile(request),
        query: request.query,
        createdBy: request.access.subject,
        idempotencyKey: request.headers['idempotency-key'],
      })
      const path = `/v1/organisations/${organisation}/jobs/${body.id}`
      return reply.code(202).header('location', `${runtime.config.PUBLIC_URL}${path}`).send(body)
    },
  })

  app.get('/achievements/:achievement/import-template', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'getImportTemplate',
      tags: ['Imports'],
      summary: 'A table to fill in for one definition',
      description:
        'With the columns this definition needs, instructions, and its grades to choose from. Filled in, it is imported as it is with this achievementId.',
      params: TemplateParams,
      querystring: TemplateQuery,
      produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
      response: {
        200: Type.Unsafe<Buffer | string>({ description: 'A workbook, or a CSV file' }),
        ...problemResponses(400, 401, 403, 404),
      },
    },
    handler: async ({ params, query }, reply) => {
      const { mediaType, fileName, body } = await writeTemplate(runtime, params, query)
      reply.header('content-disposition', `attachment; filename="${fileName}"`)
      return reply.type(mediaType).send(body)
    },
  })
}

/** The file of a request: its body, or its one part. */
async function findFile(request: FastifyRequest): Promise<ReceivedFile> {
  if (!request.isMultipart()) {
    if (request.headers['content-type'] === undefined) throw new Problem('import-empty')
    return { source: request.raw, mediaType: request.headers['content-type'] }
  }
  const part = await request.file()
  if (!part) throw new Problem('import-empty')
  return { source: part.file, mediaType: part.mimetype }
}
