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

/** Every service knows all error schemas; its document names only those that its operations answer. */
export function withoutUnusedSchemas<Document extends { components?: { schemas?: object } }>(
  document: Document,
): Document {
  const text = JSON.stringify(document)
  const schemas = Object.entries(document.components?.schemas ?? {}).filter(([name]) =>
    text.includes(`"#/components/schemas/${name}"`),
  )
  const components = { ...document.components, schemas: Object.fromEntries(schemas) }
  return { ...document, components }
}
