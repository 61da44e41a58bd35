import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { VerificationReport } from '@mikromerit/credentials'
import { problemResponses } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { readUpload, registerUploads } from './read-upload.ts'
import { uploadContent } from './schemas.ts'
import { verifyGiven } from './verify-given.ts'

/** Direct verification of whatever somebody was given. Nothing is stored. */
export const verificationRoutes: FastifyPluginAsyncTypebox<{ context: VerifierContext }> = async (
  app,
  { context },
) => {
  await registerUploads(app, context.config.VERIFICATION_MAX_BYTES)

  app.post('/v1/verifications', {
    config: { scope: 'verifications:write' },
    schema: {
      operationId: 'verifyCredential',
      tags: ['Verifications'],
      summary: 'Check a credential you were given',
      description:
        'Takes a credential of any supported format as JSON, as a file, or as an address to fetch it from. Checks form, signature, issuer, times, status and what the issuer may award, and stores nothing. Whoever holds a copy can hand it in: only a presentation shows that the learner holds it.',
      body: { content: uploadContent },
      response: { 200: VerificationReport, ...problemResponses(400, 401, 403, 413, 415) },
    },
    handler: async (request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .send(await verifyGiven(context, await readUpload(request))),
  })
}
