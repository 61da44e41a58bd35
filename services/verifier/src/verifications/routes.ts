import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { VerificationReport } from '@mikromerit/credentials'
import { problemResponses } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { VerificationDraft } from './schemas.ts'
import { verifyPasted } from './verify-pasted.ts'

/** Direct verification of a credential that somebody was given. Nothing is stored. */
export const verificationRoutes: FastifyPluginAsyncTypebox<{ context: VerifierContext }> = async (
  app,
  { context },
) => {
  app.post('/v1/verifications', {
    config: { scope: 'verifications:write' },
    schema: {
      operationId: 'verifyCredential',
      tags: ['Verifications'],
      summary: 'Check a credential you were given',
      description:
        'Checks form, signature, issuer, times, status and what the issuer may award, and stores nothing. Whoever holds a copy can paste it: only a presentation shows that the learner holds it.',
      body: VerificationDraft,
      response: { 200: VerificationReport, ...problemResponses(400, 401, 403, 413) },
    },
    handler: async (request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .send(await verifyPasted(context, request.body.credential)),
  })
}
