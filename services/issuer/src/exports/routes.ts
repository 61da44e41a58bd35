import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import { AwardParams } from '../awards/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { exportAward } from './export-award.ts'
import { ExportQuery, exportMediaTypes } from './schemas.ts'

/** Awards as files for other systems and for paper. Mounted below /v1/organisations/:organisation. */
export const exportRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.get('/awards/:award/export', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'exportAward',
      tags: ['Awards'],
      summary: 'An award as a file',
      description:
        'For other systems, and for paper. What is signed has a status of its own, which follows the award: revoking the award revokes every copy. The same format again is the same copy.',
      params: AwardParams,
      querystring: ExportQuery,
      produces: exportMediaTypes,
      response: {
        200: Type.Unsafe<Buffer | string>({ description: 'The file' }),
        ...problemResponses(400, 401, 403, 404, 409, 422),
      },
    },
    handler: async ({ params, query }, reply) => {
      const { mediaType, fileName, body } = await exportAward(runtime, params, query.format)
      reply.header('cache-control', 'no-store')
      reply.header('content-disposition', `attachment; filename="${fileName}"`)
      return reply.type(mediaType).send(body)
    },
  })
}
