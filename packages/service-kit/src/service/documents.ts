import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { kitProblems } from '../problems/kit-problems.ts'
import type { ProblemTable } from '../problems/problem.ts'
import { OAuthErrorBody, ProblemDetails } from '../problems/schemas.ts'
import { createDocumentReader, readerPaths } from './document-reader.ts'
import { type NamedSchemas, withNamedSchemas } from './named-schemas.ts'
import { withOptionalDefaults, withoutUnusedSchemas } from './openapi-transform.ts'

export interface OpenApiInfo {
  readonly title: string
  readonly description: string
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** What the document calls by a name instead of writing it out. */
  readonly schemas?: NamedSchemas
  /** Beside `accessToken`, which every service has. */
  readonly securitySchemes?: Readonly<Record<string, HttpSecurityScheme>>
}

export interface HttpSecurityScheme {
  readonly type: 'http'
  readonly scheme: string
  readonly description: string
}

export interface DocumentsOptions {
  readonly publicUrl: string
  readonly version: string
  readonly openapi: OpenApiInfo
}

const docsPolicy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"

/** OpenAPI 3.1 from the routes; call it before any route is registered. */
export async function registerOpenApi(
  app: FastifyInstance,
  options: DocumentsOptions,
): Promise<void> {
  const { publicUrl, version, openapi } = options
  app.addSchema(ProblemDetails)
  app.addSchema(OAuthErrorBody)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: openapi.title,
        description: openapi.description,
        version,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl }],
      tags: [...openapi.tags, { name: 'Operations', description: 'For those who run the service' }],
      components: {
        securitySchemes: {
          ...openapi.securitySchemes,
          accessToken: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              'An RFC 9068 access token. For development: `mikromerit token --scope "…" [--organisation …] [--subject …]`.',
          },
        },
      },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `schema-${index}`),
    },
    transform: ({ schema, url }) => ({ schema: withOptionalDefaults(schema), url }),
    transformObject: (document) =>
      'openapiObject' in document
        ? withoutUnusedSchemas(withNamedSchemas(document.openapiObject, openapi.schemas ?? {}))
        : document.swaggerObject,
  })
}

/** `/openapi.json`, and `/docs` to read and try it, without anything from elsewhere. */
export async function registerDocuments(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', {
    config: { public: true },
    schema: { hide: true },
    handler: async (_request, reply) =>
      reply.header('access-control-allow-origin', '*').send(app.swagger()),
  })
  await app.register(async (docs) => {
    docs.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', docsPolicy)
    })
    const read = createDocumentReader('/openapi.json')
    for (const path of readerPaths)
      docs.get(path, {
        config: { public: true },
        schema: { hide: true },
        handler: async (_request, reply) => {
          const { status, headers, body } = await read(path)
          return reply
            .code(status)
            .headers({ ...headers })
            .send(body)
        },
      })
  })
}

/** `/problems/{code}`: what a problem type means and what to do about it. */
export function registerProblemPages(
  app: FastifyInstance,
  publicUrl: string,
  problems: ProblemTable,
): void {
  const known: ProblemTable = { ...kitProblems, ...problems }
  const describe = (code: string) => ({ type: `${publicUrl}/problems/${code}`, ...known[code] })
  app.get('/problems', {
    config: { public: true },
    schema: { hide: true },
    handler: async () => ({ items: Object.keys(known).map(describe) }),
  })
  app.get('/problems/:code', {
    config: { public: true },
    schema: { hide: true },
    handler: async (request, reply) => {
      const { code } = request.params as { code: string }
      return Object.hasOwn(known, code) ? describe(code) : reply.callNotFound()
    },
  })
}
