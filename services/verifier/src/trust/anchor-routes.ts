import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  IdempotencyHeaders,
  PageQuery,
  pageOf,
  problemResponses,
  toPage,
} from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { listTrustAnchors, putTrustAnchor, readTrustAnchor } from './anchors.ts'
import { positionOf, readCursor } from './entry-cursor.ts'
import { EntryParams, TrustAnchor, TrustAnchorDraft } from './schemas.ts'

/** The authorities that certify issuers, besides those of the configuration. */
export const trustAnchorRoutes: FastifyPluginAsyncTypebox<{ context: VerifierContext }> = async (
  app,
  { context },
) => {
  const { database, clock, trust } = context

  app.get('/v1/trust/anchors', {
    config: { scope: 'trust:read' },
    schema: {
      operationId: 'listTrustAnchors',
      tags: ['Trust'],
      summary: 'The trust anchors of the registry',
      description: 'Those of the configuration (TRUST_ANCHORS_FILE) are not listed.',
      querystring: PageQuery,
      response: { 200: pageOf(TrustAnchor), ...problemResponses(400, 401, 403) },
    },
    handler: async ({ query: { limit, cursor } }) => {
      const rows = await listTrustAnchors(database, { limit: limit + 1, after: readCursor(cursor) })
      return toPage(rows, limit, positionOf)
    },
  })

  app.get('/v1/trust/anchors/:id', {
    config: { scope: 'trust:read' },
    schema: {
      operationId: 'getTrustAnchor',
      tags: ['Trust'],
      summary: 'One trust anchor of the registry',
      description: 'The certificate, whose it is, since and until when it is used.',
      params: EntryParams,
      response: { 200: TrustAnchor, ...problemResponses(400, 401, 403, 404) },
    },
    handler: (request) => readTrustAnchor(database, request.params.id),
  })

  app.put('/v1/trust/anchors/:id', {
    config: { scope: 'trust:write' },
    schema: {
      operationId: 'putTrustAnchor',
      tags: ['Trust'],
      summary: 'Store a trust anchor in the registry',
      description:
        'Replaces the whole entry. An anchor speaks for every issuer that its authority certifies: choose with care. To end trust, set until.',
      params: EntryParams,
      headers: IdempotencyHeaders,
      body: TrustAnchorDraft,
      response: { 200: TrustAnchor, ...problemResponses(400, 401, 403) },
    },
    handler: async ({ params: { id }, body: draft }) => {
      const anchor = await putTrustAnchor(database, { id, draft, now: clock.now() })
      trust.forget()
      return anchor
    },
  })
}
