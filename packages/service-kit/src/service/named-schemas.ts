type Json = unknown
type JsonObject = Readonly<Record<string, Json>>

/** Schemas an API document gives a name, by that name. */
export type NamedSchemas = Readonly<Record<string, object>>

interface Document {
  readonly paths?: object
  readonly components?: { readonly schemas?: object }
}

/**
 * Puts each named schema once among the components and refers to it wherever it occurs, whole or as a part of
 * another. Routes hold their schemas written out, which makes a document that nobody can read.
 */
export function withNamedSchemas<Given extends Document>(
  document: Given,
  named: NamedSchemas,
): Given {
  const written = Object.entries(named).map(([name, schema]) => [name, asWritten(schema)] as const)
  const names = new Map(written.map(([name, schema]) => [fingerprint(schema), name]))
  const replace = (node: Json, isMap: boolean): Json => {
    if (Array.isArray(node)) return node.map((item) => replace(item, false))
    if (!isObject(node)) return node
    const name = isMap ? undefined : names.get(fingerprint(node))
    return name ? { $ref: `#/components/schemas/${name}` } : replaceInside(node, isMap)
  }
  const replaceInside = (node: JsonObject, isMap: boolean): JsonObject =>
    Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, replace(value, !isMap && isMapOf(key))]),
    )
  const schemas = written.map(([name, schema]) => [name, replaceInside(schema, false)])
  return {
    ...document,
    paths: replaceInside({ ...document.paths }, false),
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, ...Object.fromEntries(schemas) },
    },
  }
}

/** A schema as the writer of the document puts it, which has its own words for two keywords. */
function asWritten(schema: object): JsonObject {
  return JSON.parse(JSON.stringify(schema), (_key, value: Json) => {
    if (!isObject(value) || Array.isArray(value)) return value
    const { const: constant, patternProperties, ...rest } = value
    return {
      ...rest,
      ...(typeof constant === 'string' && { enum: [constant] }),
      ...(isObject(patternProperties) && {
        additionalProperties: Object.values(patternProperties)[0],
      }),
    }
  })
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null

/** Members whose keys are names of the API and no words of JSON Schema. */
const isMapOf = (key: string) => key === 'properties' || key === 'examples' || key === 'example'

/** Equal for schemas that say the same, whatever their examples are. */
const fingerprint = (schema: object): string => JSON.stringify(withoutExamples(schema, false))

function withoutExamples(node: Json, isMap: boolean): Json {
  if (Array.isArray(node)) return node.map((item) => withoutExamples(item, false))
  if (!isObject(node)) return node
  return Object.fromEntries(
    Object.keys(node)
      .filter((key) => isMap || (key !== 'examples' && key !== 'example' && key !== '$id'))
      .sort()
      .map((key) => [key, withoutExamples(node[key], !isMap && key === 'properties')]),
  )
}
