import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  learningCredentialTypeMetadata,
  learningCredentialVct,
  rulebookFormats,
  rulebookTypeMetadata,
  rulebookVcts,
  rulebookVersion,
} from '@mikromerit/credentials'
import { Problem, problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import { buildJsonDocument, sendDocument } from '../../cached-document.ts'
import { documentSchemas } from './schemas.ts'

const vct = Type.String({ maxLength: 200, description: 'Credential type (vct)' })
const VctParams = Type.Object({ vct })
const VctVersionParams = Type.Object({
  vct,
  version: Type.String({ maxLength: 20, description: 'Version of its rulebook' }),
})

const cacheControl = 'public, max-age=300'
/** A version never changes: credentials name it by its digest. */
const immutable = 'public, max-age=31536000, immutable'

/** What the types of our SD-JWT VCs mean (SD-JWT VC, "Type Metadata"); those of the rulebooks by version, too. */
export const typeMetadataRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const ofRulebooks = rulebookFormats.map(
    (format) => [rulebookVcts[format], buildJsonDocument(rulebookTypeMetadata(format))] as const,
  )
  const versioned = new Map(ofRulebooks)
  const newest = new Map([
    [learningCredentialVct, buildJsonDocument(learningCredentialTypeMetadata())],
    ...ofRulebooks,
  ])

  const { response, ...description } = documentSchemas.typeMetadata
  app.get('/type-metadata/vct/:vct', {
    config: { public: true },
    schema: {
      ...description,
      params: VctParams,
      response: { ...response, ...problemResponses(404) },
    },
    handler: async (request, reply) => {
      const document = newest.get(request.params.vct)
      if (!document) throw new Problem('not-found')
      return sendDocument(request, reply, document, cacheControl)
    },
  })

  const { response: versionResponse, ...versionDescription } = documentSchemas.typeMetadataVersion
  app.get('/type-metadata/vct/:vct/:version', {
    config: { public: true },
    schema: {
      ...versionDescription,
      params: VctVersionParams,
      response: { ...versionResponse, ...problemResponses(404) },
    },
    handler: async (request, reply) => {
      const { vct: type, version } = request.params
      const document = version === rulebookVersion ? versioned.get(type) : undefined
      if (!document) throw new Problem('not-found')
      return sendDocument(request, reply, document, immutable)
    },
  })
}
