import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { bundleLimits } from '@mikromerit/credentials'
import { problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import type { VerifierContext } from '../context.ts'
import { buildTrustBundle } from './build-bundle.ts'

const bundleMediaType = 'application/jwt'

const Address = Type.String({ minLength: 1, maxLength: 500 })

/** Once, or several times: a query with one value holds no array. */
const Addresses = (description: string) =>
  Type.Optional(
    Type.Union(
      [
        Type.Array(Address, {
          minItems: 1,
          maxItems: bundleLimits.issuersAskedFor,
          uniqueItems: true,
        }),
        Address,
      ],
      { description },
    ),
  )

const BundleQuery = Type.Object(
  {
    issuer: Addresses('Only these issuers: the iss of their credentials. Their keys are fetched.'),
    statusList: Addresses('Status lists to fetch for the bundle, beside those in memory'),
  },
  { additionalProperties: false },
)

const Bundle = Type.String({
  description: 'A signed JWT of type bundle+jwt: see docs/reference/trust-bundle.md',
  examples: ['eyJ0eXAiOiJidW5kbGUrand0IiwiYWxnIjoiRVMyNTYifQ.eyJhbmNob3JzIjpbXX0.c2ln'],
})

/** What somebody without a network verifies with. */
export const trustBundleRoutes: FastifyPluginAsyncTypebox<{ context: VerifierContext }> = async (
  app,
  { context },
) => {
  app.get('/v1/trust/bundle', {
    config: { scope: 'trust:read' },
    schema: {
      operationId: 'getTrustBundle',
      tags: ['Trust'],
      summary: 'A signed bundle for offline verification',
      description:
        'Trust anchors, registry entries, keys of issuers and status lists as this verifier has them now, signed with its own key and certificate. `mikromerit verify FILE --bundle B` works with it alone. Status lists are those this replica has fetched, and those you name.',
      querystring: BundleQuery,
      produces: [bundleMediaType],
      response: { 200: Bundle, ...problemResponses(400, 401, 403) },
    },
    handler: async ({ query }, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type(bundleMediaType)
        .send(await buildTrustBundle(context, query)),
  })
}
