import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { Problem } from '../problems/problem.ts'
import { type Access, hasScope } from './access.ts'
import type { AccessTokenVerifier } from './verifier.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope an access token must have for this route. */
    scope?: string
    /** No access token: a protocol endpoint or a public document. */
    public?: boolean
  }
  interface FastifyRequest {
    /** What the access token allows; empty on public routes. */
    access: Access
    /** The code of the refusal, for the log. */
    outcome?: string
  }
}

export interface GuardedRoute {
  readonly method: string
  readonly url: string
  readonly scope?: string
  readonly public: boolean
}

const nobody: Access = { subject: '', scopes: new Set() }

/**
 * Refuses by default: every route says which scope it needs, or that it is public, or the service does not
 * boot. A route below `/:organisation` takes only tokens for that organisation (S-23).
 */
export function guardRoutes(app: FastifyInstance, verifier: AccessTokenVerifier): GuardedRoute[] {
  const routes: GuardedRoute[] = []
  app.decorateRequest('access')
  app.decorateRequest('outcome')
  app.addHook('onRequest', async (request) => {
    request.access = nobody
  })
  const checkAccess = async (request: FastifyRequest) => {
    request.access = await verifier.verify(readBearerToken(request))
    requireScope(request.access, request.routeOptions.config.scope ?? '')
    requireOrganisation(request)
  }
  app.addHook('onRoute', (route) => {
    const guarded = describeRoute(route)
    routes.push(...guarded)
    declareSecurity(route)
    const hooks = [route.onRequest ?? []].flat()
    // The HEAD route beside each GET route brings the hooks of that along.
    if (!guarded.every((described) => described.public) && !hooks.includes(checkAccess))
      route.onRequest = [...hooks, checkAccess]
  })
  return routes
}

function describeRoute(route: RouteOptions): GuardedRoute[] {
  const { scope, public: isPublic = false } = route.config ?? {}
  if (scope === undefined && !isPublic) {
    throw new Error(
      `The route ${route.method} ${route.url} says neither which scope it needs nor that it is public`,
    )
  }
  return [route.method].flat().map((method) => ({
    method,
    url: route.url,
    public: isPublic,
    ...(scope !== undefined && { scope }),
  }))
}

/** The API document says what the guard does. */
function declareSecurity(route: RouteOptions) {
  if (!route.schema || route.schema.security) return
  const { scope } = route.config ?? {}
  route.schema.security = scope === undefined ? [] : [{ accessToken: [scope] }]
}

function readBearerToken({ headers }: FastifyRequest): string {
  const [, token] = /^bearer ([^\s]+)$/i.exec(headers.authorization ?? '') ?? []
  if (token) return token
  throw new Problem('unauthorized', {
    detail: 'The request has no Authorization header with a bearer token.',
    headers: { 'www-authenticate': 'Bearer' },
  })
}

function requireScope(access: Access, scope: string) {
  if (hasScope(access, scope)) return
  throw new Problem('insufficient-scope', {
    detail: `The operation needs the scope ${scope}.`,
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  })
}

function requireOrganisation({ access, params }: FastifyRequest) {
  // Parameters are texts by name; a route without any has none.
  const { organisation } = Object(params) as { organisation?: string }
  if (organisation === undefined || organisation === access.organisation) return
  throw new Problem('organisation-mismatch', {
    detail:
      access.organisation === undefined
        ? 'The access token names no organisation.'
        : 'The access token names another organisation.',
  })
}
