import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  decodeCursor,
  IdempotencyHeaders,
  PageQuery,
  pageOf,
  problemResponses,
  toPage,
} from '@mikromerit/service-kit'
import { ownerOf } from '../access/owner.ts'
import type { VerifierContext } from '../context.ts'
import { listPolicies, putPolicy, readPolicy } from './policies.ts'
import { Policy, PolicyDraft, PolicyParams } from './schemas.ts'

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/

/** Policies: what an asker asks for and accepts, under a name of its own. */
export const policyRoutes: FastifyPluginAsyncTypebox<{ context: VerifierContext }> = async (
  app,
  { context: { database, clock } },
) => {
  app.get('/v1/policies', {
    config: { scope: 'policies:read' },
    schema: {
      operationId: 'listPolicies',
      tags: ['Policies'],
      summary: 'Your policies',
      description:
        'Those of the organisation of your token, or your own, in the order of their ids.',
      querystring: PageQuery,
      response: { 200: pageOf(Policy), ...problemResponses(400, 401, 403) },
    },
    handler: async ({ access, query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, idPattern)
      const rows = await listPolicies(database, ownerOf(access), { limit: limit + 1, after })
      return toPage(rows, limit, ({ id }) => id)
    },
  })

  app.get('/v1/policies/:id', {
    config: { scope: 'policies:read' },
    schema: {
      operationId: 'getPolicy',
      tags: ['Policies'],
      summary: 'One of your policies',
      description: 'What it asks for and what it demands of the answer.',
      params: PolicyParams,
      response: { 200: Policy, ...problemResponses(400, 401, 403, 404) },
    },
    handler: ({ access, params }) => readPolicy(database, ownerOf(access), params.id),
  })

  app.put('/v1/policies/:id', {
    config: { scope: 'policies:write' },
    schema: {
      operationId: 'putPolicy',
      tags: ['Policies'],
      summary: 'Store a policy',
      description:
        'Replaces the whole policy. Requests made before keep the rules they were made with.',
      params: PolicyParams,
      headers: IdempotencyHeaders,
      body: PolicyDraft,
      response: { 200: Policy, ...problemResponses(400, 401, 403) },
    },
    handler: ({ access, params: { id }, body: draft }) =>
      putPolicy(database, { ownerId: ownerOf(access), id, draft, now: clock.now() }),
  })
}
