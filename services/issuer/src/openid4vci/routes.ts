import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Runtime } from '../runtime.ts'
import { authorizeRoutes, pushRoutes } from './authorization/routes.ts'
import { credentialRoutes } from './credential/routes.ts'
import { allowAnyOrigin } from './cross-origin.ts'
import { openExchanges } from './exchange.ts'
import { nonceRoutes } from './nonce/routes.ts'
import { notificationRoutes } from './notification/routes.ts'
import { tokenRoutes } from './token/routes.ts'

/** The endpoints a wallet speaks to (OpenID4VCI 1.0), below `/:organisation`. */
export const protocolRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  openExchanges(app)
  // A page for people: no script of another origin has anything to read there.
  await app.register(authorizeRoutes, { runtime })
  await app.register(openToScripts, { runtime })
}

const openToScripts: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (app, { runtime }) => {
  allowAnyOrigin(app)
  await app.register(pushRoutes, { runtime })
  await app.register(tokenRoutes, { runtime })
  await app.register(nonceRoutes, { runtime })
  await app.register(credentialRoutes, { runtime })
  await app.register(notificationRoutes, { runtime })
}
