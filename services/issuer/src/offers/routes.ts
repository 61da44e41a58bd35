import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdempotencyHeaders, Problem, problemResponses } from '@mikromerit/service-kit'
import { AwardParams } from '../awards/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { offerAward } from './offer-award.ts'
import { readOffer } from './read-offer.ts'
import { CredentialOffer, Offer, OfferOptions, OfferReferenceParams } from './schemas.ts'

/** Further offers of an award. Mounted below /v1/organisations/:organisation. */
export const offerRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.post('/awards/:award/offers', {
    config: { scope: 'awards:write' },
    schema: {
      operationId: 'createOffer',
      tags: ['Offers'],
      summary: 'Offer an award to its learner once more',
      description:
        'Earlier offers stay as they are. The transaction code, if asked for, is told in this answer only.',
      params: AwardParams,
      headers: IdempotencyHeaders,
      body: OfferOptions,
      response: { 201: Offer, ...problemResponses(400, 401, 403, 404, 409, 422) },
    },
    handler: async (request, reply) => {
      const { body } = await offerAward(runtime, request.params, {
        options: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      })
      return reply.code(201).header('cache-control', 'no-store').send(body)
    },
  })
}

/** Offers by reference, as a wallet fetches them (OpenID4VCI 4.1.3). Public: the address is the secret. */
export const offerReferenceRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.get('/:organisation/offers/:reference', {
    config: { public: true },
    schema: {
      operationId: 'getCredentialOffer',
      tags: ['OpenID4VCI'],
      summary: 'A credential offer by reference',
      description: 'OpenID4VCI 1.0 section 4.1.3. Unknown and expired offers are answered alike.',
      security: [],
      params: OfferReferenceParams,
      response: { 200: CredentialOffer, ...problemResponses(404) },
    },
    handler: async (request, reply) => {
      const { organisation, reference } = request.params
      const offer = await readOffer(runtime, organisation, reference)
      if (!offer) throw new Problem('offer-not-found')
      return reply
        .header('cache-control', 'no-store')
        .header('access-control-allow-origin', '*')
        .send(offer)
    },
  })
}
