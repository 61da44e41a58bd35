import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdempotencyHeaders, problemResponses } from '@mikromerit/service-kit'
import { AchievementParams } from '../achievements/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { createCompositeRequest } from './create-request.ts'
import { referenceOf } from './requests.ts'
import { CompositeParams, CompositeRequest, CompositeRequestDraft } from './schemas.ts'
import { settleCompositeRequest } from './settle-request.ts'

/** Wholes for parts. Mounted below /v1/organisations/:organisation. */
export const compositeRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.post('/achievements/:achievement/composite-requests', {
    config: { scope: 'awards:write' },
    schema: {
      operationId: 'createCompositeRequest',
      tags: ['Composite awards'],
      summary: 'Ask a learner to show the parts of a composite micro-credential',
      description:
        'The definition’s stacking rules become a question, which the verifier asks. Give authorizationRequest to the learner’s wallet, and read the request: when what was shown suffices and is one learner’s, the whole is awarded and offered.',
      params: AchievementParams,
      headers: IdempotencyHeaders,
      body: CompositeRequestDraft,
      response: {
        201: CompositeRequest,
        ...problemResponses(400, 401, 403, 404, 409, 422, 503),
      },
    },
    handler: async ({ params, body: draft, headers }, reply) => {
      const key = headers['idempotency-key']
      const { body } = await createCompositeRequest(runtime, params, draft, key)
      return reply.code(201).send(body)
    },
  })

  app.get('/achievements/:achievement/composite-requests/:request', {
    // It may make the award, and its answer holds what redeems the offer.
    config: { scope: 'awards:write' },
    schema: {
      operationId: 'getCompositeRequest',
      tags: ['Composite awards'],
      summary: 'What came of a request for parts',
      description:
        'An open request is looked up at the verifier and settled when it was answered: fulfilled with award and offer, or missing with the reasons. A settled one never changes.',
      params: CompositeParams,
      response: { 200: CompositeRequest, ...problemResponses(400, 401, 403, 404) },
    },
    handler: ({ params }) => settleCompositeRequest(runtime, referenceOf(params)),
  })
}
