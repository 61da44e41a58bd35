import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { pageOf, problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import { buildDocument, buildJsonDocument, sendDocument } from '../cached-document.ts'
import type { Runtime } from '../runtime.ts'
import { readCatalogue, readEntry, readEntryAsJsonLd } from './read-catalogue.ts'
import {
  CatalogueEntry,
  CatalogueParams,
  CatalogueQuery,
  EntryParams,
  EntryQuery,
} from './schemas.ts'

/** Long enough for a busy catalogue, short enough for whoever just published something. */
const cacheControl = 'public, max-age=60'

const listDescription =
  'Newest published versions, without drafts and archived ones. Each has its stacking rules, so that a wallet can show how far its holder has come. The answer has an ETag.'

/** What can be achieved, for everybody: no access token, readable from any origin. */
export const catalogueRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.get('/v1/catalogue', {
    config: { public: true },
    schema: {
      operationId: 'searchCatalogue',
      tags: ['Catalogue'],
      summary: 'Search the published definitions of all organisations',
      description: listDescription,
      security: [],
      querystring: CatalogueQuery,
      response: { 200: pageOf(CatalogueEntry), 304: Type.Null(), ...problemResponses(400) },
    },
    handler: async (request, reply) => {
      const page = await readCatalogue(runtime, undefined, request.query)
      return sendDocument(request, reply, buildJsonDocument(page), cacheControl)
    },
  })

  app.get('/v1/catalogue/:organisation', {
    config: { public: true },
    schema: {
      operationId: 'searchOrganisationCatalogue',
      tags: ['Catalogue'],
      summary: 'Search the published definitions of one organisation',
      description: listDescription,
      security: [],
      params: CatalogueParams,
      querystring: CatalogueQuery,
      response: { 200: pageOf(CatalogueEntry), 304: Type.Null(), ...problemResponses(400, 404) },
    },
    handler: async (request, reply) => {
      const page = await readCatalogue(runtime, request.params.organisation, request.query)
      return sendDocument(request, reply, buildJsonDocument(page), cacheControl)
    },
  })

  app.get('/:organisation/achievements/:achievement', {
    config: { public: true },
    schema: {
      operationId: 'getCatalogueEntry',
      tags: ['Catalogue'],
      summary: 'One published definition, by the address that credentials name',
      description:
        'As JSON, or as JSON-LD (a Qualification of the European Learning Model) with Accept: application/ld+json. Archived definitions keep their address.',
      security: [],
      params: EntryParams,
      querystring: EntryQuery,
      produces: ['application/json', 'application/ld+json'],
      response: { 200: CatalogueEntry, 304: Type.Null(), ...problemResponses(400, 404) },
    },
    handler: async (request, reply) => {
      const { params, query } = request
      if (!wantsJsonLd(request.headers.accept)) {
        const entry = await readEntry(runtime, params, query.version)
        return sendDocument(request, reply, buildJsonDocument(entry), cacheControl)
      }
      const document = JSON.stringify(await readEntryAsJsonLd(runtime, params, query.version))
      return sendDocument(
        request,
        reply,
        buildDocument(document, 'application/ld+json'),
        cacheControl,
      )
    },
  })
}

/** RFC 9110 12.5.1, as far as two representations need it: the one named first. */
const wantsJsonLd = (accept = ''): boolean => {
  const [first = ''] = accept
    .split(',')
    .map((range) => range.split(';', 1).join('').trim().toLowerCase())
    .filter((range) => ['application/json', 'application/ld+json'].includes(range))
  return first === 'application/ld+json'
}
