import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { elmContextDocument, elmContextSha256 } from '@mikromerit/credentials'
import { problemResponses } from '@mikromerit/service-kit'
import { buildDocument, sendDocument } from '../../cached-document.ts'
import { elmContextPath } from './configurations.ts'
import { documentSchemas } from './schemas.ts'

/** A version never changes: whoever has it need not ask again. */
const cacheControl = 'public, max-age=31536000, immutable'

/** RFC 9530: the digest of the representation, whatever its content coding. */
const reprDigest = `sha-256=:${Buffer.from(elmContextSha256, 'hex').toString('base64')}:`

/** The JSON-LD context our European Digital Credentials name (docs/adr). Verifiers pin it and never fetch it. */
export const contextRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const document = buildDocument(elmContextDocument, 'application/ld+json')
  app.get(elmContextPath, {
    config: { public: true },
    schema: {
      ...documentSchemas.elmContext,
      produces: ['application/ld+json'],
      response: { ...documentSchemas.elmContext.response, ...problemResponses(429) },
    },
    handler: async (request, reply) => {
      reply.header('repr-digest', reprDigest)
      return sendDocument(request, reply, document, cacheControl)
    },
  })
}
