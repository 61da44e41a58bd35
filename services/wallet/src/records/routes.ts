import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { decodeCursor, IdempotencyHeaders, PageQuery, toPage } from '@mikromerit/service-kit'
import Type from 'typebox'
import type { WalletContext } from '../context.ts'
import { answerOnce } from '../idempotency/answer-once.ts'
import { refusals, refusalsWithBody } from '../refusals.ts'
import { fileTypes, readFile, takeFiles } from './read-body.ts'
import { deleteRecord, findRecord, importRecords, listRecords } from './records.ts'
import { ImportedRecords, OwnRecord, RecordBody, RecordPage, RecordParams } from './schemas.ts'

/** Own records: what the learner brought along, never among what was issued to them. */
export const recordRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  takeFiles(app)

  app.post('/v1/records', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'importRecords',
      tags: ['Records'],
      summary: 'Bring your own records along',
      description:
        'An ELMO file, an Open Badge (JSON, PNG, SVG or JWT), a European Digital Credential, a VC-JWT or an SD-JWT VC, as the body, up to 5 MiB, or as `record`. What can be verified is; the rest is marked as self-declared. Nothing of it is ever shown as a credential. The same file again adds nothing.',
      headers: IdempotencyHeaders,
      body: {
        content: {
          'application/json': { schema: RecordBody },
          ...Object.fromEntries(fileTypes.map((type) => [type, { schema: fileSchema }])),
        },
      },
      response: { 201: ImportedRecords, ...refusalsWithBody(409, 422) },
    },
    handler: async ({ access: { subject }, headers, body }, reply) => {
      const bytes = readFile(body)
      const fingerprint = ['importRecords', Buffer.from(bytes).toString('base64')]
      const request = { key: headers['idempotency-key'], fingerprint }
      const imported = await answerOnce<ImportedRecords>(context, subject, request, (record) =>
        importRecords(context, subject, { bytes, record }),
      )
      return reply.code(201).send(imported)
    },
  })

  app.get('/v1/records', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'listRecords',
      tags: ['Records'],
      summary: 'Your own records',
      description: 'The latest first, each with what could be verified of it.',
      querystring: PageQuery,
      response: { 200: RecordPage, ...refusals(400) },
    },
    handler: async ({ access: { subject }, query: { limit, cursor } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor)
      const rows = await listRecords(context, subject, { limit: limit + 1, before })
      return toPage(rows, limit, ({ id }) => id)
    },
  })

  app.get('/v1/records/:record', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'getRecord',
      tags: ['Records'],
      summary: 'One of your own records',
      description: 'With every check of its verification, as of when it came.',
      params: RecordParams,
      response: { 200: OwnRecord, ...refusals(400, 404) },
    },
    handler: ({ access, params }) => findRecord(context, access.subject, params.record),
  })

  app.delete('/v1/records/:record', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'deleteRecord',
      tags: ['Records'],
      summary: 'Delete one of your own records',
      description: 'For good.',
      params: RecordParams,
      headers: IdempotencyHeaders,
      response: { 204: Type.Null({ description: 'Deleted' }), ...refusals(400, 404, 409, 422) },
    },
    handler: async ({ access: { subject }, headers, params: { record: id } }, reply) => {
      const request = { key: headers['idempotency-key'], fingerprint: ['deleteRecord', id] }
      await answerOnce<null>(context, subject, request, (record) =>
        deleteRecord(context, subject, { id, record }),
      )
      return reply.code(204).send(null)
    },
  })
}

const fileSchema = Type.String({ format: 'binary', description: 'The file itself' })
