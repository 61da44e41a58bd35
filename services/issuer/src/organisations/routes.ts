import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  decodeCursor,
  IdempotencyHeaders,
  PageQuery,
  pageOf,
  problemResponses,
  toPage,
} from '@mikromerit/service-kit'
import type { Runtime } from '../runtime.ts'
import { createOrganisation, findOrganisation, listOrganisations } from './organisations.ts'
import { Organisation, OrganisationDraft, OrganisationParams } from './schemas.ts'
import { OrganisationSettings } from './settings.ts'
import { readSettings, storeSettings } from './store-settings.ts'

const idPattern = /^[a-z0-9-]{1,64}$/

/** Organisations: who awards. Mounted below /v1. */
export const organisationRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.post('/organisations', {
    config: { scope: 'organisations:write' },
    schema: {
      operationId: 'createOrganisation',
      tags: ['Organisations'],
      summary: 'Create an organisation',
      description:
        'Makes its signing key and the key’s certificate. The id becomes part of public addresses and never changes.',
      headers: IdempotencyHeaders,
      body: OrganisationDraft,
      response: { 201: Organisation, ...problemResponses(400, 401, 403, 409, 422) },
    },
    handler: async ({ body: draft, headers }, reply) => {
      const { body } = await createOrganisation(runtime, draft, headers['idempotency-key'])
      const location = `${runtime.config.PUBLIC_URL}/v1/organisations/${body.id}`
      return reply.code(201).header('location', location).send(body)
    },
  })

  app.get('/organisations', {
    config: { scope: 'organisations:read' },
    schema: {
      operationId: 'listOrganisations',
      tags: ['Organisations'],
      summary: 'All organisations',
      description: 'In the order of their ids, page by page: what their metadata publishes anyway.',
      querystring: PageQuery,
      response: { 200: pageOf(Organisation), ...problemResponses(400, 401, 403) },
    },
    handler: async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, idPattern)
      const rows = await listOrganisations(runtime, { limit: limit + 1, after })
      return toPage(rows, limit, ({ id }) => id)
    },
  })

  app.get('/organisations/:organisation', {
    config: { scope: 'organisations:read' },
    schema: {
      operationId: 'getOrganisation',
      tags: ['Organisations'],
      summary: 'One organisation',
      description: 'As it was created, with its Credential Issuer Identifier.',
      params: OrganisationParams,
      response: { 200: Organisation, ...problemResponses(401, 403, 404) },
    },
    handler: (request) => findOrganisation(runtime, request.params.organisation),
  })

  app.get('/organisations/:organisation/settings', {
    config: { scope: 'organisations:read' },
    schema: {
      operationId: 'getOrganisationSettings',
      tags: ['Organisations'],
      summary: 'What an organisation has decided about its credentials',
      description: 'What it has not decided is absent.',
      params: OrganisationParams,
      response: { 200: OrganisationSettings, ...problemResponses(401, 403, 404) },
    },
    handler: ({ params }) => readSettings(runtime, params.organisation),
  })

  app.put('/organisations/:organisation/settings', {
    config: { scope: 'organisations:write' },
    schema: {
      operationId: 'storeOrganisationSettings',
      tags: ['Organisations'],
      summary: 'Decide about an organisation’s credentials',
      description:
        'Replaces all settings. They count for credentials issued from now on; other replicas follow within a minute.',
      params: OrganisationParams,
      headers: IdempotencyHeaders,
      body: OrganisationSettings,
      response: { 200: OrganisationSettings, ...problemResponses(400, 401, 403, 404, 409, 422) },
    },
    handler: async ({ params, body: settings, headers }) => {
      const idempotencyKey = headers['idempotency-key']
      return storeSettings(runtime, params.organisation, { settings, idempotencyKey })
    },
  })
}
