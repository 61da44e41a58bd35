import { randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import type { Logger } from 'pino'
import { type GuardedRoute, guardRoutes } from '../access/guard.ts'
import type { AccessTokenVerifier } from '../access/verifier.ts'
import type { ServiceConfig } from '../configuration/schema.ts'
import { createLogger } from '../logging/logger.ts'
import { createProblemHandler } from '../problems/handler.ts'
import type { ProblemTable } from '../problems/problem.ts'
import { createClientErrorHandler } from './client-errors.ts'
import { createSerialisers } from './compile-at-first-use.ts'
import {
  type OpenApiInfo,
  registerDocuments,
  registerOpenApi,
  registerProblemPages,
} from './documents.ts'
import { type ReadinessCheck, registerHealth } from './health.ts'
import { type Metrics, registerMetrics } from './metrics.ts'
import { registerNotFound } from './not-found.ts'
import { createValidators } from './validators.ts'

export type App = ReturnType<typeof withTypes>

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics
    /** Every route with the access it needs; for the test that walks them. */
    guardedRoutes: readonly GuardedRoute[]
  }
}

export interface ServiceOptions {
  readonly name: string
  readonly version: string
  readonly config: ServiceConfig
  readonly problems: ProblemTable
  readonly openapi: OpenApiInfo
  readonly accessTokens: AccessTokenVerifier
  readonly readiness?: readonly ReadinessCheck[]
  readonly logger?: Logger
}

/**
 * A Fastify instance with everything that makes a process one of our services: request ids, logs without
 * personal data, security headers, rate limit, problem details, access control, health, metrics, API documents.
 * Register the capabilities on it, then call `ready` or `listen`.
 */
export async function createService(options: ServiceOptions): Promise<App> {
  const { config, problems } = options
  const publicUrl = config.PUBLIC_URL
  const app = withTypes(options)
  app.setValidatorCompiler(createValidators())
  app.setErrorHandler(createProblemHandler({ publicUrl, problems }))
  registerNotFound(app)
  await registerOpenApi(app, { publicUrl, version: options.version, openapi: options.openapi })
  // Before access is checked: whoever guesses tokens is counted, too.
  await registerHardening(app, config)
  app.decorate('guardedRoutes', guardRoutes(app, options.accessTokens))
  registerRequestLog(app)
  closeConnectionsAtStop(app)
  app.decorate('metrics', registerMetrics(app))
  registerHealth(app, options.readiness ?? [])
  registerProblemPages(app, publicUrl, problems)
  await registerDocuments(app)
  return app
}

function withTypes({ name, config, logger, problems }: ServiceOptions) {
  const loggerInstance: FastifyBaseLogger =
    logger ?? createLogger({ service: name, level: config.LOG_LEVEL })
  const app: FastifyInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.TRUST_PROXY,
    bodyLimit: config.MAX_BODY_BYTES,
    genReqId: ({ headers }) => readRequestId(headers['x-request-id']) ?? randomUUID(),
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    schemaController: { compilersFactory: { buildSerializer: createSerialisers } },
    http: { maxHeaderSize: 16_384 },
    routerOptions: { maxParamLength: 512 },
    clientErrorHandler: createClientErrorHandler(config.PUBLIC_URL),
    frameworkErrors: createProblemHandler({ publicUrl: config.PUBLIC_URL, problems }),
  })
  return app.withTypeProvider<TypeBoxTypeProvider>()
}

/** A request id from a proxy is taken when it cannot be anything but an id. */
const readRequestId = (value: unknown) =>
  typeof value === 'string' && /^[\w-]{8,64}$/.test(value) ? value : undefined

async function registerHardening(app: FastifyInstance, config: ServiceConfig): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Metadata and status lists are read by wallets in browsers, from other origins.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: config.PUBLIC_URL.startsWith('https:')
      ? { maxAge: 31_536_000 }
      : false,
  })
  if (config.RATE_LIMIT_PER_MINUTE > 0) {
    await app.register(rateLimit, { max: config.RATE_LIMIT_PER_MINUTE, timeWindow: 60_000 })
  }
}

/** Connections that were busy when the service was told to stop go as soon as they are idle, not a minute later. */
function closeConnectionsAtStop(app: FastifyInstance): void {
  let sweep: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    sweep = setInterval(() => app.server.closeIdleConnections(), 50).unref()
  })
  app.addHook('onClose', async () => clearInterval(sweep))
}

/** One line per request, by route pattern: addresses can hold offers and other secrets. */
function registerRequestLog(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const level = request.routeOptions.logLevel === 'warn' ? 'debug' : 'info'
    request.log[level](
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
        ...(request.outcome !== undefined && { outcome: request.outcome }),
      },
      'request',
    )
  })
}
