import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  IdempotencyHeaders,
  PageQuery,
  pageOf,
  problemResponses,
  toPage,
} from '@mikromerit/service-kit'
import Type from 'typebox'
import type { VerifierContext } from '../context.ts'
import { positionOf, readCursor } from './entry-cursor.ts'
import { listTrustedIssuers, putTrustedIssuer, readTrustedIssuer } from './issuers.ts'
import { EntryParams, TrustedIssuer, TrustedIssuerDraft } from './schemas.ts'

const IssuerListQuery = Type.Object({
  ...PageQuery.properties,
  identifier: Type.Optional(
    Type.String({ minLength: 1, maxLength: 500, description: 'Only the entry about this issuer' }),
  ),
})

/** The issuers of the trust registry, and what they may award. */
export const trustedIssuerRoutes: FastifyPluginAsyncTypebox<{ context: VerifierContext }> = async (
  app,
  { context },
) => {
  const { database, clock, trust } = context

  app.get('/v1/trust/issuers', {
    config: { scope: 'trust:read' },
    schema: {
      operationId: 'listTrustedIssuers',
      tags: ['Trust'],
      summary: 'The issuers of the trust registry',
      description: 'In the order of their ids, page by page.',
      querystring: IssuerListQuery,
      response: { 200: pageOf(TrustedIssuer), ...problemResponses(400, 401, 403) },
    },
    handler: async ({ query: { limit, cursor, identifier } }) => {
      const after = readCursor(cursor)
      const rows = await listTrustedIssuers(database, { limit: limit + 1, after, identifier })
      return toPage(rows, limit, positionOf)
    },
  })

  app.get('/v1/trust/issuers/:id', {
    config: { scope: 'trust:read' },
    schema: {
      operationId: 'getTrustedIssuer',
      tags: ['Trust'],
      summary: 'One issuer of the trust registry',
      description: 'Who it is, what it may award, since and until when.',
      params: EntryParams,
      response: { 200: TrustedIssuer, ...problemResponses(400, 401, 403, 404) },
    },
    handler: (request) => readTrustedIssuer(database, request.params.id),
  })

  app.put('/v1/trust/issuers/:id', {
    config: { scope: 'trust:write' },
    schema: {
      operationId: 'putTrustedIssuer',
      tags: ['Trust'],
      summary: 'Store an issuer in the trust registry',
      description:
        'Replaces the whole entry. An issuer in the registry is held to what is written here, as of the day of the award; one that is not is trusted when a trust anchor vouches for it. To end trust, set until: there is no deletion, so that older awards stay explainable.',
      params: EntryParams,
      headers: IdempotencyHeaders,
      body: TrustedIssuerDraft,
      response: { 200: TrustedIssuer, ...problemResponses(400, 401, 403, 409) },
    },
    handler: async ({ params: { id }, body: draft }) => {
      const entry = await putTrustedIssuer(database, { id, draft, now: clock.now() })
      trust.forget()
      return entry
    },
  })
}
