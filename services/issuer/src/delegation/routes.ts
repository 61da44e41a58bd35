import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  decodeCursor,
  IdempotencyHeaders,
  PageQuery,
  pageOf,
  problemResponses,
  toPage,
} from '@mikromerit/service-kit'
import { AchievementParams } from '../achievements/schemas.ts'
import { OrganisationParams } from '../organisations/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { grantDelegation, listDelegations, withdrawDelegation } from './delegations.ts'
import { listReceivedDelegations } from './received.ts'
import { Delegation, DelegationDraft, DelegationParams, ReceivedDelegation } from './schemas.ts'

/** Who else may award a definition. Mounted below /v1/organisations/:organisation. */
export const delegationRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.post('/achievements/:achievement/delegations', {
    config: { scope: 'achievements:write' },
    schema: {
      operationId: 'grantDelegation',
      tags: ['Delegation'],
      summary: 'Let another organisation award a definition',
      description:
        'The other organisation awards it under its own name and key; credentials name the definition of its creator, and the creator. A right is not changed: withdraw it and grant another.',
      params: AchievementParams,
      headers: IdempotencyHeaders,
      body: DelegationDraft,
      response: { 201: Delegation, ...problemResponses(400, 401, 403, 404, 422) },
    },
    handler: async ({ params, body: draft, headers, access: { subject } }, reply) => {
      const by = { subject, idempotencyKey: headers['idempotency-key'] }
      const { body } = await grantDelegation(runtime, params, draft, by)
      return reply.code(201).send(body)
    },
  })

  app.get('/achievements/:achievement/delegations', {
    config: { scope: 'achievements:read' },
    schema: {
      operationId: 'listDelegations',
      tags: ['Delegation'],
      summary: 'Who may award a definition, now or once',
      description: 'Every right that was given for it, the newest first; withdrawn ones stay.',
      params: AchievementParams,
      querystring: PageQuery,
      response: { 200: pageOf(Delegation), ...problemResponses(400, 401, 403, 404) },
    },
    handler: async ({ params, query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor)
      const rows = await listDelegations(runtime, params, { limit: limit + 1, after })
      return toPage(rows, limit, ({ id }) => id)
    },
  })

  app.post('/achievements/:achievement/delegations/:delegation/withdraw', {
    config: { scope: 'achievements:write' },
    schema: {
      operationId: 'withdrawDelegation',
      tags: ['Delegation'],
      summary: 'Take the right to award a definition back',
      description:
        'At once, and for awards of any day. What was awarded stays valid. Repeating it changes nothing.',
      params: DelegationParams,
      headers: IdempotencyHeaders,
      response: { 200: Delegation, ...problemResponses(400, 401, 403, 404) },
    },
    handler: ({ params, access: { subject } }) => withdrawDelegation(runtime, params, subject),
  })

  app.get('/delegations', {
    config: { scope: 'achievements:read' },
    schema: {
      operationId: 'listReceivedDelegations',
      tags: ['Delegation'],
      summary: 'Definitions of others that the organisation may award',
      description: 'Rights that other organisations gave to this one, the newest first.',
      params: OrganisationParams,
      querystring: PageQuery,
      response: { 200: pageOf(ReceivedDelegation), ...problemResponses(400, 401, 403) },
    },
    handler: async ({ params: { organisation }, query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor)
      const page = { limit: limit + 1, after }
      const rows = await listReceivedDelegations(runtime, organisation, page)
      return toPage(rows, limit, ({ id }) => id)
    },
  })
}
