import { isObject } from '@mikromerit/credentials'

/** What a schema of the domain says about a value, as far as writing it as XML needs to know. */
export type SchemaView =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'languageMap' }
  | { readonly kind: 'list'; readonly item: SchemaView }
  | ObjectView

export interface ObjectView {
  readonly kind: 'object'
  readonly members: ReadonlyMap<string, SchemaView>
  /** Lists that must be there: empty ones leave no trace in XML. */
  readonly neededLists: ReadonlySet<string>
}

/**
 * Looks at a TypeBox schema, which is a JSON Schema. That the extension is written by the schema means that what the
 * domain gains is carried without a word here.
 */
export function viewSchema(schema: unknown): SchemaView {
  if (!isObject(schema)) return { kind: 'text' }
  if (isObject(schema.patternProperties)) return { kind: 'languageMap' }
  if (schema.type === 'array') return { kind: 'list', item: viewSchema(schema.items) }
  if (schema.type === 'number' || schema.type === 'integer') return { kind: 'number' }
  if (schema.type === 'boolean') return { kind: 'boolean' }
  if (schema.type !== 'object' || !isObject(schema.properties)) return { kind: 'text' }
  const members = Object.entries(schema.properties).map(
    ([name, member]) => [name, viewSchema(member)] as const,
  )
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  const needed = members.filter(([name, view]) => view.kind === 'list' && required.includes(name))
  const neededLists = new Set(needed.map(([name]) => name))
  return { kind: 'object', members: new Map(members), neededLists }
}
