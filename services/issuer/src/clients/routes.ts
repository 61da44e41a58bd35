import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdempotencyHeaders, Problem, problemResponses } from '@mikromerit/service-kit'
import type { Runtime } from '../runtime.ts'
import { findClient, storeClient } from './clients.ts'
import { WalletClient, WalletClientDraft, WalletClientParams } from './schemas.ts'

/** Wallets an organisation knows. Mounted below /v1/organisations/:organisation. */
export const clientRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.put('/clients/:client', {
    config: { scope: 'organisations:write' },
    schema: {
      operationId: 'storeWalletClient',
      tags: ['Sign-in'],
      summary: 'Register a wallet for the authorization code flow',
      description:
        'Replaces what was registered of it. Learners are sent back to one of its redirect URIs, never elsewhere.',
      params: WalletClientParams,
      headers: IdempotencyHeaders,
      body: WalletClientDraft,
      response: { 200: WalletClient, ...problemResponses(400, 401, 403, 404, 409, 422) },
    },
    handler: ({ params, body: draft, headers }) =>
      storeClient(runtime, params, { draft, idempotencyKey: headers['idempotency-key'] }),
  })

  app.get('/clients/:client', {
    config: { scope: 'organisations:read' },
    schema: {
      operationId: 'getWalletClient',
      tags: ['Sign-in'],
      summary: 'One registered wallet',
      description: 'As it was registered last.',
      params: WalletClientParams,
      response: { 200: WalletClient, ...problemResponses(401, 403, 404) },
    },
    handler: async ({ params }) => {
      const client = await findClient(runtime, params.organisation, params.client)
      if (!client) throw new Problem('client-not-found')
      return client
    },
  })
}
