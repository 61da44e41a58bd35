import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import Type from 'typebox'
import { problemResponses } from '../problems/schemas.ts'

/** Metrics of one service instance, published at `/metrics`. */
export interface Metrics {
  readonly registry: Registry
  /** A counter, made at first use; labels are few and never personal. */
  counter(name: string, help: string, labels?: readonly string[]): Counter
}

const metricsExample =
  'http_request_duration_seconds_count{method="GET",route="/livez",status="200"} 1\n'

/** Measures every request by route pattern, and publishes `/metrics` in the Prometheus text format. */
export function registerMetrics(app: FastifyInstance): Metrics {
  const registry = new Registry()
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last byte of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    durations.observe(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1_000,
    )
  })
  app.get('/metrics', {
    config: { public: true, rateLimit: false as const },
    logLevel: 'warn',
    schema: {
      operationId: 'getMetrics',
      tags: ['Operations'],
      summary: 'Metrics in the Prometheus text format',
      description:
        'Holds counts and durations by route pattern, nothing about persons. Keep it inside the network.',
      produces: ['text/plain'],
      response: {
        200: Type.String({ description: 'Prometheus text format', examples: [metricsExample] }),
        ...problemResponses(431),
      },
    },
    handler: async (_request, reply) =>
      reply.type(registry.contentType).send(await registry.metrics()),
  })
  return {
    registry,
    counter: (name, help, labels = []) => findOrCreateCounter(registry, name, help, labels),
  }
}

/** Process metrics (memory, event loop, CPU): once per process, so only by the service that is the process. */
export const collectProcessMetrics = ({ registry }: Metrics): void =>
  collectDefaultMetrics({ register: registry })

function findOrCreateCounter(
  registry: Registry,
  name: string,
  help: string,
  labels: readonly string[],
): Counter {
  const existing = registry.getSingleMetric(name)
  if (existing instanceof Counter) return existing
  return new Counter({ name, help, labelNames: [...labels], registers: [registry] })
}
