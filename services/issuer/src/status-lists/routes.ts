import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Problem, problemResponses } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import { sendDocument } from '../cached-document.ts'
import type { Runtime } from '../runtime.ts'
import { bitstringViews, type ListView } from './list-views.ts'

const StatusListParams = Type.Object({
  organisation: Type.String({ maxLength: 64 }),
  list: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
})

const BitstringParams = Type.Object({
  ...StatusListParams.properties,
  purpose: Type.Enum(bitstringViews, {
    description:
      'revocation or suspension; withdrawal is either, for formats with room for one status',
    examples: ['revocation'],
  }),
})

const StatusListQuery = Type.Object({
  time: Type.Optional(Type.String({ maxLength: 40, description: 'Not supported: answered 501' })),
})

/** Published status lists (Token Status List 8, Bitstring Status List 2.4). */
export const statusListRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  const interval = runtime.config.STATUS_LIST_INTERVAL_SECONDS
  // At interval 0 a copy may be kept but must be asked about each time.
  const cacheControl = interval === 0 ? 'public, no-cache' : `public, max-age=${interval}`

  app.get('/:organisation/status-lists/:list', {
    config: { public: true },
    schema: {
      operationId: 'getStatusList',
      tags: ['Status lists'],
      summary: 'The signed status list of many credentials',
      description: 'Token Status List: two bits per credential, application/statuslist+jwt.',
      security: [],
      params: StatusListParams,
      querystring: StatusListQuery,
      produces: ['application/statuslist+jwt'],
      response: {
        200: Type.String({ description: 'A JWT of type statuslist+jwt' }),
        304: Type.Null({ description: 'Unchanged' }),
        ...problemResponses(404, 501),
      },
    },
    handler: async (request, reply) => {
      // I-51: never today's list under yesterday's question.
      if (request.query.time !== undefined) throw new Problem('status-history-unsupported')
      const list = await publish(runtime, request.params, 'token')
      return sendDocument(request, reply, list, cacheControl)
    },
  })

  app.get('/:organisation/bitstring-status-lists/:list/:purpose', {
    config: { public: true },
    schema: {
      operationId: 'getBitstringStatusList',
      tags: ['Status lists'],
      summary: 'The same status list as a Bitstring Status List credential',
      description:
        'W3C Bitstring Status List 1.0: one bit per credential, application/vc+jwt. It shows the same statuses as the Token Status List of this number.',
      security: [],
      params: BitstringParams,
      produces: ['application/vc+jwt'],
      response: {
        200: Type.String({ description: 'A BitstringStatusListCredential in a JWT' }),
        304: Type.Null({ description: 'Unchanged' }),
        ...problemResponses(400, 404),
      },
    },
    handler: async (request, reply) => {
      const list = await publish(runtime, request.params, request.params.purpose)
      return sendDocument(request, reply, list, cacheControl)
    },
  })
}

/** @throws Problem status-list-not-found */
async function publish(
  runtime: Runtime,
  { organisation, list: listNumber }: Static<typeof StatusListParams>,
  view: ListView,
) {
  const issuer = await runtime.issuers.find(organisation)
  const list = issuer && (await runtime.statusLists.publish({ issuer, listNumber, view }))
  if (!list) throw new Problem('status-list-not-found')
  return list
}
