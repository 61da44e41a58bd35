import type { FastifySchema } from 'fastify'

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>
  readonly required?: readonly string[]
}

/**
 * A parameter with a default is always there for a handler, so its type requires it; a client need not send
 * it, and that is what the API document has to say.
 */
export function withOptionalDefaults(schema: FastifySchema): FastifySchema {
  if (!isObjectSchema(schema.querystring)) return schema
  const { properties = {}, required = [] } = schema.querystring
  return {
    ...schema,
    querystring: {
      ...schema.querystring,
      required: required.filter((name) => properties[name]?.default === undefined),
    },
  }
}

const isObjectSchema = (schema: unknown): schema is ObjectSchema =>
  typeof schema === 'object' && schema !== null && 'properties' in schema

/** Leaves out what no operation leads to: every service knows all error schemas and names all its own. */
export function withoutUnusedSchemas<
  Document extends { paths?: object; components?: { schemas?: object } },
>(document: Document): Document {
  const schemas = new Map(Object.entries(document.components?.schemas ?? {}))
  const used = new Set<string>()
  const follow = (node: object) => {
    for (const name of listReferences(node)) {
      const schema = schemas.get(name)
      if (!schema || used.has(name)) continue
      used.add(name)
      follow(schema)
    }
  }
  follow(document.paths ?? {})
  const kept = Object.fromEntries([...schemas].filter(([name]) => used.has(name)))
  return { ...document, components: { ...document.components, schemas: kept } }
}

const listReferences = (node: object): string[] =>
  [...JSON.stringify(node).matchAll(/"#\/components\/schemas\/([\w.-]+)"/g)].flatMap(
    ([, name]) => name ?? [],
  )
