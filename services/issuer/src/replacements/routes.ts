import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { replacementMediaType } from '@mikromerit/credentials'
import { IdempotencyHeaders, problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import { Award, AwardParams } from '../awards/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { correctAward } from './correct-award.ts'
import { CorrectionDraft, ReplacementParams } from './schemas.ts'
import { stateReplacement } from './statement.ts'

/** Corrections of awards. Mounted below /v1/organisations/:organisation. */
export const correctionRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.post('/awards/:award/corrections', {
    config: { scope: 'awards:write' },
    schema: {
      operationId: 'correctAward',
      tags: ['Awards'],
      summary: 'Put a corrected award in the place of a wrong one',
      description:
        'The new award supersedes the old one, which is revoked with all its credentials in the same transaction. Verifiers and wallets are told what replaced them, and why. The new award takes over the sourceReference unless it names another. An award is corrected once; a further correction goes to the newest award of the chain. The same correction again is answered 200.',
      params: AwardParams,
      headers: IdempotencyHeaders,
      body: CorrectionDraft,
      response: { 200: Award, 201: Award, ...problemResponses(400, 401, 403, 404, 409, 422) },
    },
    handler: async ({ params, body: draft, headers, access }, reply) => {
      const idempotencyKey = headers['idempotency-key']
      const request = { draft, decidedBy: access.subject, idempotencyKey }
      const { status, body } = await correctAward(runtime, params, request)
      const path = `/v1/organisations/${params.organisation}/awards/${body.id}`
      reply.header('location', `${runtime.config.PUBLIC_URL}${path}`)
      return reply
        .code(status === 200 ? 200 : 201)
        .header('cache-control', 'no-store')
        .send(body)
    },
  })
}

/** The public statement of what took the place of a credential. */
export const replacementRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.get('/:organisation/replacements/:credential', {
    config: { public: true },
    schema: {
      operationId: 'getReplacement',
      tags: ['Status lists'],
      summary: 'What replaced a credential',
      description:
        'A signed statement (application/replacement+jwt, described in docs/reference/replacements.md) for whoever holds or verifies a revoked credential. Metadata names the address as replacement_endpoint. 404 when it was not replaced.',
      security: [],
      params: ReplacementParams,
      produces: [replacementMediaType],
      response: {
        200: Type.String({ description: 'A JWT of type replacement+jwt' }),
        ...problemResponses(400, 404),
      },
    },
    handler: async ({ params }, reply) => {
      const statement = await stateReplacement(runtime, params)
      reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60')
      return reply.type(replacementMediaType).send(statement)
    },
  })
}
