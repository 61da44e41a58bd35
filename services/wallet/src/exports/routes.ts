import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { WalletContext } from '../context.ts'
import { CredentialParams } from '../credentials/schemas.ts'
import { refusals } from '../refusals.ts'
import { exportCredential } from './export-credential.ts'
import { exportWallet } from './export-elmo.ts'
import { ExportQuery, exportMediaTypes, WholeExportQuery } from './schemas.ts'

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
        ...refusals(400, 404, 409, 422),
      },
    },
    handler: async ({ access: { subject }, params, query }, reply) => {
      const request = { credentialId: params.credential, ...query }
      const { mediaType, fileName, body } = await exportCredential(context, subject, request)
      reply.header('content-disposition', `attachment; filename="${fileName}"`)
      return reply.type(mediaType).send(body)
    },
  })

  app.get('/v1/export', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'exportWallet',
      tags: ['Credentials'],
      summary: 'Everything you hold as one file',
      description:
        'Each award once, with its signed credentials attached, the latest 1,000 credentials. The file itself is unsigned and says that it is your copy. Left out: what was withdrawn, suspended or replaced, and the records of your own, which nobody may take for issued ones.',
      querystring: WholeExportQuery,
      produces: ['application/xml'],
      response: {
        200: Type.Unsafe<string>({ description: 'The file' }),
        ...refusals(400, 422),
      },
    },
    handler: async ({ access: { subject } }, reply) => {
      const body = await exportWallet(context, subject)
      reply.header('content-disposition', 'attachment; filename="wallet.elmo.xml"')
      return reply.type('application/xml').send(body)
    },
  })
}
