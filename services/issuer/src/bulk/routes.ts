import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdempotencyHeaders, problemResponses } from '@mikromerit/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Job } from '../jobs/schemas.ts'
import { OrganisationParams } from '../organisations/schemas.ts'
import type { Runtime } from '../runtime.ts'
import type { BulkAction } from './action.ts'
import { createBulkJob } from './create-bulk-job.ts'
import { previewAction } from './preview.ts'
import { requireSwitchedOn } from './require-switched-on.ts'
import {
  BulkOffersDraft,
  BulkPreview,
  BulkQuery,
  BulkSigningDraft,
  BulkStatusDraft,
  ReissueDraft,
} from './schemas.ts'

const operation = {
  tags: ['Bulk work'],
  params: OrganisationParams,
  querystring: BulkQuery,
  headers: IdempotencyHeaders,
  response: { 200: BulkPreview, 202: Job, ...problemResponses(400, 401, 403, 409, 422, 429) },
}

const dryRunText =
  'With dryRun=true the answer (200) is what would be done; otherwise (202) a job: its rows say what became of each award.'

interface Asked {
  readonly runtime: Runtime
  readonly action: BulkAction
  readonly organisation: string
  readonly isDryRun: boolean
  readonly idempotencyKey: string | undefined
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { runtime, action, organisation, isDryRun, idempotencyKey }: Asked,
) {
  reply.header('cache-control', 'no-store')
  await requireSwitchedOn(runtime, organisation, action)
  if (isDryRun) return reply.code(200).send(await previewAction(runtime, organisation, action))
  const createdBy = request.access.subject
  const { body } = await createBulkJob(runtime, organisation, { action, createdBy, idempotencyKey })
  const path = `/v1/organisations/${organisation}/jobs/${body.id}`
  return reply.code(202).header('location', `${runtime.config.PUBLIC_URL}${path}`).send(body)
}

/** One thing done to many awards. Mounted below /v1/organisations/:organisation. */
export const bulkRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.post('/bulk/offers', {
    config: { scope: 'awards:write' },
    schema: {
      ...operation,
      operationId: 'offerManyAwards',
      summary: 'Offer many awards',
      description: `Each award gets an offer of its own; the job’s rows hold them. ${dryRunText}`,
      body: BulkOffersDraft,
    },
    handler: (request, reply) =>
      answer(request, reply, {
        ...{ runtime, organisation: request.params.organisation },
        action: { kind: 'offers', ...request.body },
        isDryRun: request.query.dryRun,
        idempotencyKey: request.headers['idempotency-key'],
      }),
  })

  app.post('/bulk/status', {
    config: { scope: 'awards:write' },
    schema: {
      ...operation,
      operationId: 'changeManyStatuses',
      summary: 'Revoke, suspend or reinstate many awards',
      description: `By the rules of a single change; awards it is not allowed for are passed over. ${dryRunText}`,
      body: BulkStatusDraft,
    },
    handler: (request, reply) =>
      answer(request, reply, {
        ...{ runtime, organisation: request.params.organisation },
        action: { kind: 'status', ...request.body },
        isDryRun: request.query.dryRun,
        idempotencyKey: request.headers['idempotency-key'],
      }),
  })

  app.post('/bulk/reissue', {
    config: { scope: 'awards:write' },
    schema: {
      ...operation,
      operationId: 'reissueManyAwards',
      summary: 'Make many awards anew of the newest version of their definition',
      description: `After a definition was corrected, or a format renewed: each valid award is superseded by one of the same content, as a correction does, and offered when asked. ${dryRunText}`,
      body: ReissueDraft,
    },
    handler: (request, reply) =>
      answer(request, reply, {
        ...{ runtime, organisation: request.params.organisation },
        action: { kind: 'reissue', ...request.body },
        isDryRun: request.query.dryRun,
        idempotencyKey: request.headers['idempotency-key'],
      }),
  })

  app.post('/bulk/signing', {
    config: { scope: 'awards:write' },
    schema: {
      ...operation,
      operationId: 'signManyAwards',
      summary: 'Sign many awards, to hand the credentials over yourself',
      description: `Each valid award is signed in each format as a copy that is bound to nobody’s key: whoever has it can show it. An award has one such copy of a format, the one that an export gives. When the job has ended, GET …/jobs/{job}/credentials has them all. For a wallet that keeps them, offer the awards instead. ${dryRunText}`,
      body: BulkSigningDraft,
    },
    handler: (request, reply) =>
      answer(request, reply, {
        ...{ runtime, organisation: request.params.organisation },
        action: { kind: 'signing', ...request.body },
        isDryRun: request.query.dryRun,
        idempotencyKey: request.headers['idempotency-key'],
      }),
  })
}
