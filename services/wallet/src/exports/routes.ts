import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { WalletContext } from '../context.ts'
import { CredentialParams } from '../credentials/schemas.ts'
import { refusals } from '../refusals.ts'
import { exportCredential } from './export-credential.ts'
import { ExportQuery, exportMediaTypes } from './schemas.ts'

/** Exports: what the learner takes along. */
export const exportRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  app.get('/v1/credentials/:credential/export', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'exportCredential',
      tags: ['Credentials'],
      summary: 'A credential as a file',
      description:
        'What was signed leaves as it is; the wallet signs nothing. A format you do not hold is refused: ask the issuer to offer it. A printed copy says that it is yours, and its code opens the link you name.',
      params: CredentialParams,
      querystring: ExportQuery,
      produces: exportMediaTypes,
      response: {
        200: Type.Unsafe<Buffer | string>({ description: 'The file' }),
        ...refusals(400, 404, 422),
      },
    },
    handler: async ({ access: { subject }, params, query }, reply) => {
      const request = { credentialId: params.credential, ...query }
      const { mediaType, fileName, body } = await exportCredential(context, subject, request)
      reply.header('content-disposition', `attachment; filename="${fileName}"`)
      return reply.type(mediaType).send(body)
    },
  })
}
