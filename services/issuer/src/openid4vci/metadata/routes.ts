import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { learningCredentialTypeMetadata, learningCredentialVct } from '@mikromerit/credentials'
import { Problem, problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import { buildJsonDocument, sendDocument } from '../../cached-document.ts'
import { OrganisationParams } from '../../organisations/schemas.ts'
import type { Runtime } from '../../runtime.ts'
import { findDocuments, type IssuerDocuments } from './documents.ts'
import { documentSchemas } from './schemas.ts'

/** Keys and endpoints rarely change; five minutes bound how long a wallet misses it when they do. */
const cacheControl = 'public, max-age=300'

// OpenID4VCI 12.2.2, RFC 8414 3.1, SD-JWT VC 5.1: the well-known part is inserted before the path.
const paths = [
  ['issuerMetadata', '/.well-known/openid-credential-issuer/:organisation'],
  ['authorizationServerMetadata', '/.well-known/oauth-authorization-server/:organisation'],
  ['vcIssuerMetadata', '/.well-known/jwt-vc-issuer/:organisation'],
  ['jwks', '/:organisation/jwks.json'],
] as const satisfies readonly (readonly [keyof IssuerDocuments, string])[]

const VctParams = Type.Object({ vct: Type.String({ maxLength: 200 }) })

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
        return sendDocument(request, reply, findDocuments(issuer)[name], cacheControl)
      },
    })
  }

  const typeMetadata = buildJsonDocument(learningCredentialTypeMetadata())
  const { response, ...description } = documentSchemas.typeMetadata
  app.get('/type-metadata/vct/:vct', {
    config: { public: true },
    schema: {
      ...description,
      params: VctParams,
      response: { ...response, ...problemResponses(404) },
    },
    handler: async (request, reply) => {
      if (request.params.vct !== learningCredentialVct) throw new Problem('not-found')
      return sendDocument(request, reply, typeMetadata, cacheControl)
    },
  })
}
