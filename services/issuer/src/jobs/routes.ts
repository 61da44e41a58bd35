import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { createErrorFile } from '@mikromerit/exchange'
import { decodeCursor, pageOf, problemResponses, toPage } from '@mikromerit/service-kit'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { OrganisationParams } from '../organisations/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { followJob } from './events.ts'
import { createFollowers } from './followers.ts'
import { listJobs, listRows, readJob, readRefusedRows } from './read-jobs.ts'
import { Job, JobListQuery, JobParams, JobRow, JobRowQuery, LanguageQuery } from './schemas.ts'

const placeOf = ({ organisation, job }: JobParams) => ({ organisationId: organisation, id: job })

/** Jobs: how far imports and bulk changes are. Mounted below /v1/organisations/:organisation. */
export const jobRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  const closing = new AbortController()
  const followers = createFollowers()
  app.addHook('preClose', async () => closing.abort())
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })

  app.get('/jobs', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'listJobs',
      tags: ['Jobs'],
      summary: 'Imports and bulk changes',
      description: 'The newest first.',
      params: OrganisationParams,
      querystring: JobListQuery,
      response: { 200: pageOf(Job), ...problemResponses(400, 401, 403) },
    },
    handler: async ({ params: { organisation }, query: { cursor, kind, limit } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor)
      const jobs = await listJobs(runtime, organisation, { limit: limit + 1, after, kind })
      return toPage(jobs, limit, ({ id }) => id)
    },
  })

  app.get('/jobs/:job', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'getJob',
      tags: ['Jobs'],
      summary: 'How far a job is',
      description: 'Ask now and then, or follow its events.',
      params: JobParams,
      response: { 200: Job, ...problemResponses(400, 401, 403, 404) },
    },
    handler: ({ params }) => readJob(runtime, placeOf(params)),
  })

  app.get('/jobs/:job/events', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'followJob',
      tags: ['Jobs'],
      summary: 'A job’s progress as server-sent events',
      description:
        'Each event’s data is the job. progress events follow each other until finished, after which the connection is closed; it is also closed after ten minutes, and can be opened anew.',
      params: JobParams,
      produces: ['text/event-stream'],
      response: {
        200: Type.Unsafe<Readable>({
          type: 'string',
          description: 'event: progress or finished; data: the job',
        }),
        ...problemResponses(400, 401, 403, 404, 429),
      },
    },
    handler: async ({ params }, reply) => {
      const place = placeOf(params)
      const job = await readJob(runtime, place)
      const leave = followers.take(place.organisationId)
      const signal = AbortSignal.any([closing.signal, whenGone(reply, leave)])
      const events = Readable.from(followJob(runtime, place, { job, signal }))
      return reply.type('text/event-stream').send(events)
    },
  })

  app.get('/jobs/:job/rows', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'listJobRows',
      tags: ['Jobs'],
      summary: 'What became of each row',
      description:
        'In the order of the file, or of the awards. While only checking, rows that are fine are counted and not listed. Offers hold what redeems them: hand them to nobody but their learner.',
      params: JobParams,
      querystring: JobRowQuery,
      response: { 200: pageOf(JobRow), ...problemResponses(400, 401, 403, 404) },
    },
    handler: async ({ params, query: { cursor, limit, outcome } }) => {
      const after = cursor === undefined ? -1 : Number(decodeCursor(cursor, /^\d{1,9}$/))
      const page = { after, limit: limit + 1, ...(outcome && { outcome }) }
      const rows = await listRows(runtime, placeOf(params), page)
      return toPage(
        rows.map(({ cells: _, ...row }) => row),
        limit,
        ({ number }) => String(number),
      )
    },
  })

  app.get('/jobs/:job/error-file', {
    config: { scope: 'awards:read' },
    schema: {
      operationId: 'getErrorFile',
      tags: ['Jobs'],
      summary: 'The rows of a file that were refused, to be corrected and sent again',
      description:
        'CSV in UTF-8: each refused row as it stood, its number before it, what is wrong in words behind it. Nothing in it acts as a formula in a spreadsheet. The two added columns are passed over when the file comes back.',
      params: JobParams,
      querystring: LanguageQuery,
      produces: ['text/csv'],
      response: {
        200: Type.Unsafe<Readable>({ type: 'string', description: 'A CSV file' }),
        ...problemResponses(400, 401, 403, 404),
      },
    },
    handler: async ({ params, query: { language } }, reply) => {
      const { header, rows } = await readRefusedRows(runtime, placeOf(params))
      const file = createErrorFile(header, language)
      reply.header('content-disposition', `attachment; filename="${params.job}.csv"`)
      return reply.type('text/csv; charset=utf-8').send(Readable.from(writeRows(file, rows)))
    },
  })
}

/** Whoever went away is followed for no longer: what waits for a change would otherwise not notice. */
function whenGone({ raw }: FastifyReply, leave: () => void): AbortSignal {
  const gone = new AbortController()
  const end = () => {
    leave()
    gone.abort()
  }
  if (raw.closed) end()
  else raw.once('close', end)
  return gone.signal
}

async function* writeRows(
  { head, row }: ReturnType<typeof createErrorFile>,
  rows: Awaited<ReturnType<typeof readRefusedRows>>['rows'],
): AsyncGenerator<string> {
  yield head
  for await (const { number, findings = [], cells } of rows)
    yield row({ kind: 'row', row: number, findings, cells })
}
