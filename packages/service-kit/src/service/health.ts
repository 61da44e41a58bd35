import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { problemResponses } from '../problems/schemas.ts'

/** One thing a service needs in order to answer. `check` throws or answers a reason when it is not there. */
export interface ReadinessCheck {
  readonly name: string
  readonly check: () => Promise<string | undefined>
}

const Live = Type.Object(
  { status: Type.Literal('ok') },
  { description: 'The process answers', examples: [{ status: 'ok' }] },
)

const Readiness = Type.Object(
  {
    status: Type.Enum(['ok', 'unavailable']),
    checks: Type.Array(
      Type.Object({
        name: Type.String(),
        status: Type.Enum(['ok', 'unavailable']),
        reason: Type.Optional(Type.String()),
      }),
    ),
  },
  {
    description: 'Everything that is needed, by name, with the reason of what is not there',
    examples: [{ status: 'ok', checks: [{ name: 'database', status: 'ok' }] }],
  },
)

const operations = {
  config: { public: true, rateLimit: false as const },
  logLevel: 'warn' as const,
}

/** `/livez`: the process answers. `/readyz`: and so does everything it needs, each by name. */
export function registerHealth(app: FastifyInstance, checks: readonly ReadinessCheck[]): void {
  app.get('/livez', {
    ...operations,
    schema: {
      operationId: 'getLiveness',
      tags: ['Operations'],
      summary: 'Whether the process answers',
      description: 'For the orchestrator: restart the container when this fails.',
      response: { 200: Live, ...problemResponses(431) },
    },
    handler: async () => ({ status: 'ok' as const }),
  })
  app.get('/readyz', {
    ...operations,
    schema: {
      operationId: 'getReadiness',
      tags: ['Operations'],
      summary: 'Whether the service can do its work, with reasons',
      description: 'For the load balancer: send no requests while this answers 503.',
      response: { 200: Readiness, 503: Readiness, ...problemResponses(431) },
    },
    handler: async (_request, reply) => {
      const results = await Promise.all(checks.map(runCheck))
      const status = results.every((result) => result.status === 'ok')
        ? ('ok' as const)
        : ('unavailable' as const)
      return reply.code(status === 'ok' ? 200 : 503).send({ status, checks: results })
    },
  })
}

const patience = 2_000

async function runCheck({ name, check }: ReadinessCheck) {
  try {
    const reason = await Promise.race([check(), timeOut()])
    return reason === undefined
      ? { name, status: 'ok' as const }
      : { name, status: 'unavailable' as const, reason }
  } catch (error) {
    // Whatever was thrown: a member that is not there is undefined.
    const { code } = Object(error) as { code?: unknown }
    return {
      name,
      status: 'unavailable' as const,
      reason: typeof code === 'string' ? code : 'failed',
    }
  }
}

const timeOut = () =>
  new Promise<string>((resolve) => {
    setTimeout(resolve, patience, 'no answer in time').unref()
  })
