import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { decodeCursor, IdempotencyHeaders, PageQuery, toPage } from '@mikromerit/service-kit'
import Type from 'typebox'
import type { WalletContext } from '../context.ts'
import { answerOnce } from '../idempotency/answer-once.ts'
import { refusals } from '../refusals.ts'
import { CredentialStatus } from '../statuses/describe-status.ts'
import { refreshStatus } from '../statuses/refresh-status.ts'
import { deleteCredential } from './credentials.ts'
import { CredentialDetail, CredentialPage, CredentialParams } from './schemas.ts'
import { findCredential, listCredentials } from './show-credentials.ts'

/** Credentials: what the learner has. */
export const credentialRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  app.get('/v1/credentials', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'listCredentials',
      tags: ['Credentials'],
      summary: 'Your credentials',
      description:
        'The latest first, each with the micro-credential it describes where it describes one, what its issuer said of it last, and the other formats you have of the same award. What the issuer said longer ago than STATUS_REFRESH_SECONDS is asked for again meanwhile.',
      querystring: PageQuery,
      response: { 200: CredentialPage, ...refusals(400) },
    },
    handler: async ({ access: { subject }, query: { limit, cursor } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor)
      const rows = await listCredentials(context, subject, { limit: limit + 1, before })
      return toPage(rows, limit, ({ id }) => id)
    },
  })

  app.get('/v1/credentials/:credential', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'getCredential',
      tags: ['Credentials'],
      summary: 'One of your credentials, normalised and raw',
      description:
        'With the claims that can be shown one by one, those every verifier sees, and useful selections.',
      params: CredentialParams,
      response: { 200: CredentialDetail, ...refusals(400, 404) },
    },
    handler: ({ access, params }) => findCredential(context, access.subject, params.credential),
  })

  app.post('/v1/credentials/:credential/status', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'refreshCredentialStatus',
      tags: ['Credentials'],
      summary: 'Ask the issuer what it says of a credential now',
      description:
        'Reads the status lists of the issuer and, where the credential was revoked, its statement about what took its place. An issuer that cannot be asked, or believed, makes the status unknown; revoked stays revoked.',
      params: CredentialParams,
      response: { 200: CredentialStatus, ...refusals(400, 404) },
    },
    handler: ({ access, params }) => refreshStatus(context, access.subject, params.credential),
  })

  app.delete('/v1/credentials/:credential', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'deleteCredential',
      tags: ['Credentials'],
      summary: 'Delete a credential',
      description:
        'Deletes it with its key, for good, and tells the issuer where it wants to know. What was shown stays in the history.',
      params: CredentialParams,
      headers: IdempotencyHeaders,
      response: {
        204: Type.Null({ description: 'Deleted' }),
        ...refusals(400, 404, 409, 422),
      },
    },
    handler: async ({ access: { subject }, headers, params: { credential } }, reply) => {
      const fingerprint = ['deleteCredential', credential]
      const request = { key: headers['idempotency-key'], fingerprint }
      await answerOnce<null>(context, subject, request, (record) =>
        deleteCredential(context, subject, { id: credential, record }),
      )
      return reply.code(204).send(null)
    },
  })
}
