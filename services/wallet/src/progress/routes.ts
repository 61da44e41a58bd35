import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { WalletContext } from '../context.ts'
import { refusals, refusalsWithBody } from '../refusals.ts'
import { listProgress, showProgress } from './evaluate-progress.ts'
import { CatalogueProgressQuery, Progress, ProgressList, ProgressQuery } from './schemas.ts'

/** Progress: how far the learner has come towards a whole that is made of parts. */
export const progressRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  app.post('/v1/progress', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'showProgress',
      tags: ['Portfolio'],
      summary: 'How far you have come towards a definition',
      description:
        'Fetches the definition from its provider and evaluates its stacking rules over your verified credentials, each award once. What was revoked, replaced or has expired is named and does not count; your own records never do. Nothing about you is sent to the provider, and nothing is kept.',
      body: ProgressQuery,
      response: { 200: Progress, ...refusalsWithBody(422, 502) },
    },
    handler: ({ access, body }) => showProgress(context, access.subject, body.definition),
  })

  app.get('/v1/progress', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'listProgress',
      tags: ['Portfolio'],
      summary: 'How far you have come towards the definitions of a catalogue',
      description:
        'Of the first hundred definitions, those that are made of parts; what is nearest to being fulfilled comes first.',
      querystring: CatalogueProgressQuery,
      response: { 200: ProgressList, ...refusals(400, 422, 502) },
    },
    handler: ({ access, query }) => listProgress(context, access.subject, query.catalogue),
  })
}
