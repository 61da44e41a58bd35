import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  decodeCursor,
  IdempotencyHeaders,
  pageOf,
  problemResponses,
  toPage,
} from '@mikromerit/service-kit'
import Type from 'typebox'
import { OrganisationParams } from '../organisations/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { listAchievements, readAchievement } from './read-achievements.ts'
import {
  Achievement,
  AchievementContentDraft,
  AchievementDraft,
  AchievementListQuery,
  AchievementParams,
  AchievementQuery,
  AchievementTrial,
  DryRunQuery,
} from './schemas.ts'
import { tryAchievement } from './try-achievement.ts'
import {
  changeAchievementStatus,
  createAchievement,
  replaceAchievement,
  type StatusVerb,
} from './write-achievements.ts'

/** Definitions of micro-credentials. Mounted below /v1/organisations/:organisation. */
export const achievementRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  const { database } = runtime

  app.post('/achievements', {
    config: { scope: 'achievements:write' },
    schema: {
      operationId: 'createAchievement',
      tags: ['Achievements'],
      summary: 'Describe a micro-credential',
      description:
        'Stores version 1 of a definition, open for awards unless it is to be a draft. The answer’s findings say what could be better. The same content sent again with the same id is answered 200 and stored once. With dryRun nothing is stored: the answer has all findings, errors too, and a preview of each credential.',
      params: OrganisationParams,
      querystring: DryRunQuery,
      headers: IdempotencyHeaders,
      body: AchievementDraft,
      response: {
        200: Type.Union([Achievement, AchievementTrial]),
        201: Achievement,
        ...problemResponses(400, 401, 403, 404, 409, 422),
      },
    },
    handler: async (
      { params: { organisation }, query: { dryRun }, body: draft, headers },
      reply,
    ) => {
      if (dryRun) return reply.send(await tryAchievement(runtime, organisation, draft))
      const key = headers['idempotency-key']
      const { status, body } = await createAchievement(runtime, organisation, draft, key)
      const path = `/v1/organisations/${organisation}/achievements/${body.id}`
      reply.header('location', `${runtime.config.PUBLIC_URL}${path}`)
      return reply.code(status === 200 ? 200 : 201).send(body)
    },
  })

  app.get('/achievements', {
    config: { scope: 'achievements:read' },
    schema: {
      operationId: 'listAchievements',
      tags: ['Achievements'],
      summary: 'The organisation’s definitions',
      description: 'The newest version of each, the newest definition first, page by page.',
      params: OrganisationParams,
      querystring: AchievementListQuery,
      response: { 200: pageOf(Achievement), ...problemResponses(400, 401, 403) },
    },
    handler: async ({ params, query: { limit, cursor, status } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor)
      const page = { limit: limit + 1, after, status }
      const rows = await listAchievements(database, params.organisation, page)
      return toPage(rows, limit, ({ id }) => id)
    },
  })

  app.get('/achievements/:achievement', {
    config: { scope: 'achievements:read' },
    schema: {
      operationId: 'getAchievement',
      tags: ['Achievements'],
      summary: 'One definition',
      description: 'The newest version, or an earlier one: versions never change.',
      params: AchievementParams,
      querystring: AchievementQuery,
      response: { 200: Achievement, ...problemResponses(400, 401, 403, 404) },
    },
    handler: ({ params: { organisation: organisationId, achievement: id }, query: { version } }) =>
      readAchievement(runtime, { organisationId, id, version }),
  })

  app.put('/achievements/:achievement', {
    config: { scope: 'achievements:write' },
    schema: {
      operationId: 'replaceAchievement',
      tags: ['Achievements'],
      summary: 'Store a new version of a definition',
      description:
        'Awards made before keep the version they were made of. Content that equals the newest version makes no new one. An archived definition is open again.',
      params: AchievementParams,
      headers: IdempotencyHeaders,
      body: AchievementContentDraft,
      response: { 200: Achievement, ...problemResponses(400, 401, 403, 404, 409, 422) },
    },
    handler: async ({ params, body: draft, headers }) =>
      (await replaceAchievement(runtime, params, draft, headers['idempotency-key'])).body,
  })

  for (const [verb, { problems, ...words }] of statusVerbs)
    app.post(`/achievements/:achievement/${verb}`, {
      config: { scope: 'achievements:write' },
      schema: {
        operationId: `${verb}Achievement`,
        tags: ['Achievements'],
        ...words,
        params: AchievementParams,
        headers: IdempotencyHeaders,
        response: { 200: Achievement, ...problemResponses(400, 401, 403, 404, ...problems) },
      },
      handler: ({ params }) => changeAchievementStatus(runtime, params, verb),
    })
}

interface StatusWords {
  readonly summary: string
  readonly description: string
  readonly problems: readonly 409[]
}

const statusVerbs: readonly (readonly [StatusVerb, StatusWords])[] = [
  [
    'archive',
    {
      summary: 'Close a definition for awards',
      description:
        'What was awarded stays valid and can be offered again. Repeating it changes nothing.',
      problems: [],
    },
  ],
  [
    'publish',
    {
      summary: 'Open a draft for awards and list it in the catalogue',
      description: 'Repeating it lists the newest version anew. Archived definitions stay closed.',
      problems: [409],
    },
  ],
  [
    'unpublish',
    {
      summary: 'Make a published definition a draft again',
      description:
        'No further awards, and no longer in the catalogue. What was awarded stays valid. Repeating it changes nothing.',
      problems: [409],
    },
  ],
]
