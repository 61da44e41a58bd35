import { expect, it } from 'vitest'
import { withOptionalDefaults, withoutUnusedSchemas } from './openapi-transform.ts'

it('does not ask clients for a parameter that has a default', () => {
  const querystring = {
    type: 'object',
    properties: { limit: { type: 'integer', default: 20 }, day: { type: 'string' } },
    required: ['limit', 'day'],
  }
  expect(withOptionalDefaults({ querystring })).toEqual({
    querystring: { ...querystring, required: ['day'] },
  })
})

it('leaves a route without a query string as it is', () => {
  const schema = { body: { type: 'object' } }
  expect(withOptionalDefaults(schema)).toBe(schema)
})

it('names only the schemas that something refers to', () => {
  const document = {
    paths: { '/a': { $ref: '#/components/schemas/Used' } },
    components: {
      schemas: {
        Used: { items: { $ref: '#/components/schemas/UsedByUsed' } },
        UsedByUsed: {},
        Unused: {},
      },
    },
  }
  expect(Object.keys(withoutUnusedSchemas(document).components.schemas)).toEqual([
    'Used',
    'UsedByUsed',
  ])
})
