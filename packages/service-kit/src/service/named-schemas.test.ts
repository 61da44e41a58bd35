import { describe, expect, it } from 'vitest'
import { withNamedSchemas } from './named-schemas.ts'

const Name = { type: 'object', properties: { sv: { type: 'string' } }, examples: [{ sv: 'Alva' }] }
const Person = {
  type: 'object',
  properties: { name: Name, kind: { const: 'person' } },
  examples: [{ name: { sv: 'Alva' }, kind: 'person' }],
}
// As it comes from the routes: examples elsewhere, other words for constants.
const written = {
  type: 'object',
  properties: {
    name: { type: 'object', properties: { sv: { type: 'string' } } },
    kind: { enum: ['person'] },
  },
}
const documentOf = (schema: object) => ({
  paths: { '/people': { get: { responses: { 200: { schema } } } } },
  components: { schemas: { Kept: { type: 'string' } } },
})

describe('withNamedSchemas', () => {
  it('writes a schema once, and refers to it where it is used', () => {
    const document = withNamedSchemas(documentOf(written), { Person })
    expect(document.paths['/people'].get.responses[200].schema).toEqual({
      $ref: '#/components/schemas/Person',
    })
    expect(document.components.schemas).toMatchObject({
      Kept: { type: 'string' },
      Person: { properties: { kind: { enum: ['person'] } }, examples: Person.examples },
    })
  })

  it('refers to it inside others too, named or not', () => {
    const list = { type: 'array', items: written }
    const { paths, components } = withNamedSchemas(documentOf(list), { Person, Name })
    expect(paths['/people'].get.responses[200].schema).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/Person' },
    })
    expect(components.schemas).toMatchObject({
      Person: { properties: { name: { $ref: '#/components/schemas/Name' } } },
    })
  })

  it('leaves alone what says anything else', () => {
    const other = { ...written, required: ['name'] }
    const { paths } = withNamedSchemas(documentOf(other), { Person })
    expect(paths['/people'].get.responses[200].schema).toEqual(other)
  })

  it('takes a property of that name for no keyword', () => {
    const schema = { type: 'object', properties: { examples: { type: 'string' } } }
    const without = { type: 'object', properties: {} }
    const { paths } = withNamedSchemas(documentOf(schema), { without })
    expect(paths['/people'].get.responses[200].schema).toEqual(schema)
  })
})
