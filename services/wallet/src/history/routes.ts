import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { decodeCursor, PageQuery, toPage } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'
import { refusals } from '../refusals.ts'
import { listHistory } from './history.ts'
import { HistoryPage } from './schemas.ts'

/** History: what was received, what was shown and to whom. */
export const historyRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  app.get('/v1/history', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'listHistory',
      tags: ['History'],
      summary: 'What you received, what you showed and to whom',
      description:
        'The latest first. Entries are only ever added; they go when the holder is erased.',
      querystring: PageQuery,
      response: { 200: HistoryPage, ...refusals(400) },
    },
    handler: async ({ access: { subject }, query: { limit, cursor } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor)
      const entries = await listHistory(context, subject, { limit: limit + 1, before })
      return toPage(entries, limit, ({ id }) => id)
    },
  })
}
