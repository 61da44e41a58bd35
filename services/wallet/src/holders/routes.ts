import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { WalletContext } from '../context.ts'
import { refusals } from '../refusals.ts'
import { eraseHolder } from './holders.ts'

/** The learner, as far as this wallet knows: to be erased. */
export const holderRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  app.delete('/v1/holder', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'eraseHolder',
      tags: ['Holder'],
      summary: 'Erase everything of yours',
      description:
        'Deletes credentials, keys, offers, requests and history, for good, and with them the key without which copies in backups cannot be read. Issuers are not told. Doing it again changes nothing.',
      response: {
        204: Type.Null({ description: 'Erased' }),
        ...refusals(),
      },
    },
    handler: async ({ access }, reply) => {
      await eraseHolder(context, access.subject)
      return reply.code(204).send(null)
    },
  })
}
