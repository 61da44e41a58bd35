import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { WalletContext } from '../context.ts'
import { ProgressQuery } from '../progress/schemas.ts'
import { refusals } from '../refusals.ts'
import { findGaps, showPortfolio } from './portfolio.ts'
import { Gaps, Portfolio } from './schemas.ts'

/** The portfolio: what the learner can, aggregated from credentials. */
export const portfolioRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  app.get('/v1/portfolio', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'showPortfolio',
      tags: ['Portfolio'],
      summary: 'What you can',
      description:
        'Skills, levels, fields, credits and hours with the evidence for each, from credentials that were verified and are in force, each award once in however many formats it is held. Own records are aggregated apart and never added.',
      response: { 200: Portfolio, ...refusals() },
    },
    handler: ({ access }) => showPortfolio(context, access.subject),
  })

  app.get('/v1/portfolio/gaps', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'findGaps',
      tags: ['Portfolio'],
      summary: 'What you lack towards a definition',
      description:
        'Compares a published definition with your verified credentials: skills by URI, levels within their framework, and where it is made of parts, how far you have come. Nothing about you is sent to its provider.',
      querystring: ProgressQuery,
      response: { 200: Gaps, ...refusals(400, 422, 502) },
    },
    handler: ({ access, query }) => findGaps(context, access.subject, query.definition),
  })
}
