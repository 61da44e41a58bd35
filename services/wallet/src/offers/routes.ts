import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdempotencyHeaders } from '@mikromerit/service-kit'
import Type from 'typebox'
import type { WalletContext } from '../context.ts'
import { answerOnce } from '../idempotency/answer-once.ts'
import { takeNoBodyAsEmpty } from '../optional-body.ts'
import { refusals, refusalsWithBody } from '../refusals.ts'
import { acceptOffer } from './accept-offer.ts'
import { declineOffer } from './decline-offer.ts'
import { previewOffer } from './preview-offer.ts'
import { AcceptBody, AcceptedOffer, OfferLinkBody, OfferParams, OfferPreview } from './schemas.ts'

/** Offers: what an issuer wants to give, from the link to the credentials. */
export const offerRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  app.post('/v1/offers', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'previewOffer',
      tags: ['Offers'],
      summary: 'See what an offer holds',
      description:
        'Reads the offer and the metadata of its issuer, and keeps both. Nothing about the learner is sent, and the code in the offer is not used, until the offer is accepted.',
      headers: IdempotencyHeaders,
      body: OfferLinkBody,
      response: { 200: OfferPreview, ...refusalsWithBody(409, 422, 502) },
    },
    handler: ({ access: { subject }, headers, body: { credentialOffer: link } }) => {
      const fingerprint = ['previewOffer', link]
      const request = { key: headers['idempotency-key'], fingerprint }
      return answerOnce(context, subject, request, (record) =>
        previewOffer(context, subject, { link, record }),
      )
    },
  })

  app.post('/v1/offers/:offer/accept', {
    config: { scope: 'wallet' },
    preValidation: takeNoBodyAsEmpty,
    schema: {
      operationId: 'acceptOffer',
      tags: ['Offers'],
      summary: 'Accept an offer and receive its credentials',
      description:
        'Redeems the code, proves possession of a fresh key for each credential, verifies what comes and only then keeps it. Each credential stands for itself: where some come and others do not, those are kept, the answer names the others, and accepting again asks for them alone. When nothing comes, a refused transaction code or an issuer that does not answer leaves the offer usable; every other refusal ends it.',
      params: OfferParams,
      headers: IdempotencyHeaders,
      body: AcceptBody,
      response: {
        201: AcceptedOffer,
        ...refusalsWithBody(404, 409, 410, 422, 502),
      },
    },
    handler: async ({ access: { subject }, headers, params: { offer }, body }, reply) => {
      const fingerprint = ['acceptOffer', offer, body]
      const request = { key: headers['idempotency-key'], fingerprint }
      const accepted = await answerOnce<AcceptedOffer>(context, subject, request, (record) =>
        acceptOffer(context, subject, { offerId: offer, txCode: body.txCode, record }),
      )
      return reply.code(201).send(accepted)
    },
  })

  app.post('/v1/offers/:offer/decline', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'declineOffer',
      tags: ['Offers'],
      summary: 'Decline an offer',
      description: 'Forgets the code. The issuer is not told: the protocol has no message for it.',
      params: OfferParams,
      headers: IdempotencyHeaders,
      response: {
        204: Type.Null({ description: 'Declined' }),
        ...refusals(400, 404, 409, 410, 422),
      },
    },
    handler: async ({ access: { subject }, headers, params: { offer } }, reply) => {
      const request = { key: headers['idempotency-key'], fingerprint: ['declineOffer', offer] }
      await answerOnce<null>(context, subject, request, (record) =>
        declineOffer(context, subject, { offerId: offer, record }),
      )
      return reply.code(204).send(null)
    },
  })
}
