import type { FastifyInstance } from 'fastify'

const endpoints = ['/par', '/token', '/nonce', '/credential', '/notification']

/**
 * Lets wallets in browsers speak to us from any origin (WHATWG Fetch, CORS protocol). Nothing here goes by
 * cookies: who may do what is told by codes, tokens and proofs alone.
 */
export function allowAnyOrigin(app: FastifyInstance) {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*')
  })
  for (const endpoint of endpoints)
    app.options(endpoint, {
      config: { public: true },
      schema: { hide: true },
      handler: async (_request, reply) =>
        reply
          .code(204)
          .header('access-control-allow-methods', 'POST')
          .header('access-control-allow-headers', 'authorization, content-type')
          .header('access-control-max-age', '86400')
          .send(),
    })
}
