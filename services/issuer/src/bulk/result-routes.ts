import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import { JobParams } from '../jobs/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { readSigned } from './read-signed.ts'

/** What bulk signing made. Mounted below /v1/organisations/:organisation. */
export const signedRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.get('/jobs/:job/credentials', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'getSignedCredentials',
      tags: ['Jobs'],
      summary: 'The credentials that a job signed',
      description:
        'A line of JSON for each: award, sourceReference (when the award has one), format and credential, in the order of the job. There when the job has ended, until it is purged. Whoever has these credentials can show them: hand each to its learner only. Learners erased since are left out.',
      params: JobParams,
      produces: ['application/x-ndjson'],
      response: {
        200: Type.Unsafe<Readable>({ type: 'string', description: 'Newline-delimited JSON' }),
        ...problemResponses(400, 401, 403, 404, 409),
      },
    },
    handler: async ({ params: { organisation, job } }, reply) => {
      const lines = await readSigned(runtime, { organisationId: organisation, id: job })
      reply.header('cache-control', 'no-store')
      reply.header('content-disposition', `attachment; filename="${job}.ndjson"`)
      return reply.type('application/x-ndjson').send(Readable.from(lines, { highWaterMark: 1 }))
    },
  })
}
