import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Problem, problemResponses } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import { buildDocument, type CachedDocument, sendDocument } from '../../cached-document.ts'
import { OrganisationParams } from '../../organisations/schemas.ts'
import type { Runtime } from '../../runtime.ts'
import { contextRoutes } from './context-routes.ts'
import { findDocuments, type IssuerDocuments } from './documents.ts'
import { buildJwks } from './issuer-metadata.ts'
import { documentSchemas } from './schemas.ts'
import { typeMetadataRoutes } from './type-metadata-routes.ts'

/** Keys and endpoints rarely change; five minutes bound how long a wallet misses it when they do. */
const cacheControl = 'public, max-age=300'

// OpenID4VCI 12.2.2, RFC 8414 3.1, SD-JWT VC 5.1: the well-known part is inserted before the path.
const paths = [
  ['issuerMetadata', '/.well-known/openid-credential-issuer/:organisation'],
  ['authorizationServerMetadata', '/.well-known/oauth-authorization-server/:organisation'],
  ['vcIssuerMetadata', '/.well-known/jwt-vc-issuer/:organisation'],
  ['jwks', '/:organisation/jwks.json'],
] as const satisfies readonly (readonly [keyof IssuerDocuments, string])[]

const KeyParams = Type.Object({
  ...OrganisationParams.properties,
  kid: Type.String({ maxLength: 200, description: 'Short name of the key' }),
})

/** The public documents: who issues, where, with which keys, and what the type means. */
export const metadataRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  for (const [name, path] of paths) {
    const { response, ...description } = documentSchemas[name]
    app.get(path, {
      config: { public: true },
      schema: {
        ...description,
        params: OrganisationParams,
        response: { ...response, ...problemResponses(404) },
      },
      handler: async (request, reply) => {
        const issuer = await runtime.issuers.find(request.params.organisation)
        if (!issuer) throw new Problem('organisation-not-found')
        return sendDocument(
          request,
          reply,
          findDocuments(issuer, runtime.config.PUBLIC_URL)[name],
          cacheControl,
        )
      },
    })
  }

  await app.register(contextRoutes)
  await app.register(typeMetadataRoutes)

  const { response: keyResponse, ...keyDescription } = documentSchemas.key
  app.get('/:organisation/keys/:kid', {
    config: { public: true },
    schema: {
      ...keyDescription,
      params: KeyParams,
      response: { ...keyResponse, ...problemResponses(404) },
    },
    handler: async (request, reply) => {
      const key = await findKeyDocument(runtime, request.params)
      if (!key) throw new Problem('not-found')
      return sendDocument(request, reply, key, cacheControl)
    },
  })
}

/** A key an Open Badge may be signed with, old ones included (I-53). */
async function findKeyDocument(
  runtime: Runtime,
  { organisation, kid }: Static<typeof KeyParams>,
): Promise<CachedDocument | undefined> {
  const issuer = await runtime.issuers.find(organisation)
  const key = issuer && buildJwks(issuer).keys.find((candidate) => candidate.kid === kid)
  return key && buildDocument(JSON.stringify(key), 'application/jwk+json')
}
