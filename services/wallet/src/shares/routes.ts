import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdempotencyHeaders, Problem, problemResponses } from '@mikromerit/service-kit'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import type { WalletContext } from '../context.ts'
import { CredentialParams } from '../credentials/schemas.ts'
import { answerOnce } from '../idempotency/answer-once.ts'
import { takeNoBodyAsEmpty } from '../optional-body.ts'
import { refusals, refusalsWithBody } from '../refusals.ts'
import { findShare, openShare } from './open-share.ts'
import {
  type CreatedShare,
  SecretParams,
  ShareDraft,
  ShareLink,
  ShareList,
  ShareParams,
} from './schemas.ts'
import { buildSharePage, closedSharePage, sharePageSecurityPolicy } from './share-page.ts'
import { buildShareUrl } from './share-secret.ts'
import { createShare, listShares, withdrawShare } from './shares.ts'

/** Shares: links under which whoever has one sees a credential. */
export const shareRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  app.post('/v1/credentials/:credential/shares', {
    config: { scope: 'wallet' },
    preValidation: takeNoBodyAsEmpty,
    schema: {
      operationId: 'createShare',
      tags: ['Shares'],
      summary: 'Share a credential by a link',
      description:
        'Whoever has the link sees the credential with the chosen claims, without proof of who shows it, until the link expires or is withdrawn. A VC-JWT is shown whole. It is written into the history.',
      params: CredentialParams,
      headers: IdempotencyHeaders,
      body: ShareDraft,
      response: { 201: ShareLink, ...refusalsWithBody(404, 409, 422) },
    },
    handler: async ({ access: { subject }, headers, params, body }, reply) => {
      const fingerprint = ['createShare', params.credential, body]
      const request = { key: headers['idempotency-key'], fingerprint }
      const share = await answerOnce<CreatedShare>(context, subject, request, (record) =>
        createShare(context, subject, { credentialId: params.credential, draft: body, record }),
      )
      return reply.code(201).send({ ...share, url: buildShareUrl(context, subject, share.id) })
    },
  })

  app.get('/v1/credentials/:credential/shares', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'listShares',
      tags: ['Shares'],
      summary: 'The open links to a credential',
      description: 'The latest first, each with what it shows and how often it was used.',
      params: CredentialParams,
      response: { 200: ShareList, ...refusals(400, 404) },
    },
    handler: async ({ access: { subject }, params: { credential } }) => ({
      items: await listShares(context, subject, credential),
    }),
  })

  app.delete('/v1/credentials/:credential/shares/:share', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'withdrawShare',
      tags: ['Shares'],
      summary: 'Withdraw a link',
      description:
        'Closes it at once and for good. Who fetched the credential before may still have it.',
      params: ShareParams,
      headers: IdempotencyHeaders,
      response: { 204: Type.Null({ description: 'Withdrawn' }), ...refusals(400, 404, 409, 422) },
    },
    handler: async ({ access: { subject }, headers, params }, reply) => {
      const { credential: credentialId, share: id } = params
      const request = { key: headers['idempotency-key'], fingerprint: ['withdrawShare', params] }
      await answerOnce<null>(context, subject, request, (record) =>
        withdrawShare(context, subject, { credentialId, id, record }),
      )
      return reply.code(204).send(null)
    },
  })

  app.get('/shares/:secret', {
    config: { public: true },
    exposeHeadRoute: false,
    schema: {
      operationId: 'openShare',
      tags: ['Shares'],
      summary: 'The credential behind a link',
      description:
        'As application/dc+sd-jwt or application/vc+jwt; a browser gets a page that leads to where it can be checked, or one that says that the link is closed.',
      security: [],
      params: SecretParams,
      produces: ['application/dc+sd-jwt', 'application/vc+jwt', 'text/html'],
      response: {
        200: Type.String({ description: 'The credential, or the page' }),
        ...problemResponses(400, 404, 429, 500, 503),
      },
    },
    handler: async ({ headers: { accept }, params: { secret } }, reply) => {
      reply.header('x-robots-tag', 'noindex')
      if (accept?.includes('text/html')) return sendPage(context, secret, reply)
      const { mediaType, body } = await openShare(context, secret)
      return reply.type(mediaType).send(body)
    },
  })
}

/** The page is no view: whoever checks the credential then fetches it. A closed link has a page, too: people open it. */
async function sendPage(
  context: WalletContext,
  secret: string,
  reply: FastifyReply,
): Promise<string> {
  const { VERIFICATION_PAGE_URL } = context.config
  reply.type('text/html; charset=utf-8')
  reply.header('content-security-policy', sharePageSecurityPolicy)
  const share = await findShare(context, secret).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'share-not-found') return undefined
    throw error
  })
  if (share)
    return buildSharePage(buildShareUrl(context, share.holderId, share.id), VERIFICATION_PAGE_URL)
  reply.code(404)
  return closedSharePage
}
