import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import { OrganisationParams } from '../organisations/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { AwardListExportQuery } from './list-schemas.ts'
import { readAwardList } from './read-award-list.ts'

/** Many awards as one file. Mounted below /v1/organisations/:organisation. */
export const listExportRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.get('/awards/export', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'exportAwards',
      tags: ['Awards'],
      summary: 'Awards as one file',
      description:
        'Every award that the filters mean, the oldest first, as it stands when it is read; without filters, all. Awards recorded meanwhile and learners erased since are left out. Texts that a spreadsheet would take for formulas have an apostrophe in front, which an import takes off.',
      params: OrganisationParams,
      querystring: AwardListExportQuery,
      produces: ['text/csv', 'application/x-ndjson'],
      response: {
        200: Type.Unsafe<Readable>({ type: 'string', description: 'The file' }),
        ...problemResponses(400, 401, 403, 404),
      },
    },
    handler: async ({ params: { organisation }, query }, reply) => {
      const isTable = query.format === 'csv'
      const pieces = readAwardList(runtime, organisation, query)
      reply.header('cache-control', 'no-store')
      reply.header('content-disposition', `attachment; filename="awards.${query.format}"`)
      reply.type(isTable ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
      return reply.send(Readable.from(pieces, { highWaterMark: 1 }))
    },
  })
}
