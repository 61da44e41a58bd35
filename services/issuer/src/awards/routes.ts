import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  decodeCursor,
  IdempotencyHeaders,
  pageOf,
  problemResponses,
  toPage,
} from '@mikromerit/service-kit'
import Type from 'typebox'
import { DryRunQuery } from '../achievements/schemas.ts'
import { OrganisationParams } from '../organisations/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { changeStatus } from './change-status.ts'
import { createAward } from './create-award.ts'
import { eraseLearner } from './erase-learner.ts'
import { listAwards, readAward } from './read-awards.ts'
import {
  Award,
  AwardDraft,
  AwardListQuery,
  AwardParams,
  AwardTrial,
  StatusChangeDraft,
} from './schemas.ts'
import { tryAward } from './try-award.ts'

/** Awards: who achieved what, and when. Mounted below /v1/organisations/:organisation. */
export const awardRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.post('/awards', {
    config: { scope: 'awards:write' },
    schema: {
      operationId: 'createAward',
      tags: ['Awards'],
      summary: 'Award a micro-credential to a learner',
      description:
        'With offer, the answer holds what the learner’s wallet needs. The same content with the same sourceReference again is answered 200 with the award that is there, and with a further offer when one is asked for. With dryRun nothing is recorded: the answer has all findings, errors too, and a preview of each credential.',
      params: OrganisationParams,
      querystring: DryRunQuery,
      headers: IdempotencyHeaders,
      body: AwardDraft,
      response: {
        200: Type.Union([Award, AwardTrial]),
        201: Award,
        ...problemResponses(400, 401, 403, 404, 409, 422),
      },
    },
    handler: async (
      { params: { organisation }, query: { dryRun }, body: draft, headers },
      reply,
    ) => {
      if (dryRun) return reply.send(await tryAward(runtime, organisation, draft))
      const key = headers['idempotency-key']
      const { status, body } = await createAward(runtime, organisation, draft, key)
      const path = `/v1/organisations/${organisation}/awards/${body.id}`
      reply.header('location', `${runtime.config.PUBLIC_URL}${path}`)
      reply.header('cache-control', 'no-store')
      return reply.code(status === 200 ? 200 : 201).send(body)
    },
  })

  app.get('/awards', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'listAwards',
      tags: ['Awards'],
      summary: 'The organisation’s awards',
      description: 'With their credentials and their status, the newest first, page by page.',
      params: OrganisationParams,
      querystring: AwardListQuery,
      response: { 200: pageOf(Award), ...problemResponses(400, 401, 403) },
    },
    handler: async ({ params: { organisation }, query: { cursor, ...filter } }, reply) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor)
      const limit = filter.limit + 1
      const rows = await listAwards(runtime, organisation, { ...filter, limit, after })
      reply.header('cache-control', 'no-store')
      return toPage(rows, filter.limit, ({ id }) => id)
    },
  })

  app.get('/awards/:award', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'getAward',
      tags: ['Awards'],
      summary: 'One award',
      description: 'With its credentials, their status, and every change of it.',
      params: AwardParams,
      response: { 200: Award, ...problemResponses(400, 401, 403, 404) },
    },
    handler: async ({ params }, reply) => {
      reply.header('cache-control', 'no-store')
      return readAward(runtime, params.organisation, params.award)
    },
  })

  app.post('/awards/:award/status', {
    config: { scope: 'awards:write' },
    schema: {
      operationId: 'changeAwardStatus',
      tags: ['Awards'],
      summary: 'Revoke, suspend or reinstate an award',
      description:
        'Every credential made from it follows, in the next status list that is fetched. valid → suspended or revoked; suspended → valid or revoked; revoked is final.',
      params: AwardParams,
      headers: IdempotencyHeaders,
      body: StatusChangeDraft,
      response: { 200: Award, ...problemResponses(400, 401, 403, 404, 409, 422) },
    },
    handler: async ({ params, body: draft, headers, access }, reply) => {
      const idempotencyKey = headers['idempotency-key']
      const request = { draft, decidedBy: access.subject, idempotencyKey }
      reply.header('cache-control', 'no-store')
      return (await changeStatus(runtime, params, request)).body
    },
  })

  app.delete('/awards/:award/learner', {
    config: { scope: 'awards:write' },
    schema: {
      operationId: 'eraseLearner',
      tags: ['Awards'],
      summary: 'Erase all about an award’s learner',
      description:
        'Destroys the key it is encrypted under: it cannot be undone, and reaches backups. The definition, the day and the status stay, and name nobody. Credentials that were fetched stay valid and can still be revoked; no further ones are made.',
      params: AwardParams,
      headers: IdempotencyHeaders,
      response: {
        204: Type.Null({ description: 'Erased' }),
        ...problemResponses(400, 401, 403, 404),
      },
    },
    handler: async ({ params }, reply) => {
      await eraseLearner(runtime, params)
      return reply.code(204).send(null)
    },
  })
}
