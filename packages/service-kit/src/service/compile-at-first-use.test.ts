import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { compileAtFirstUse, createSerialisers } from './compile-at-first-use.ts'

const route = { schema: {}, method: 'GET', url: '/', httpPart: 'body' } as const

describe('compileAtFirstUse', () => {
  it('compiles once, when the first value comes', () => {
    let times = 0
    const compile = compileAtFirstUse(() => {
      times++
      return () => true
    })
    const validate = compile(route)
    expect(times).toBe(0)
    validate({})
    validate({})
    expect(times).toBe(1)
  })

  it('says what is wrong with this value, and nothing of the one before', () => {
    const validate = compileAtFirstUse(() => {
      const check = (data: unknown) => {
        check.errors = data === 'good' ? null : [{ message: 'is not good' }]
        return data === 'good'
      }
      check.errors = null as { message: string }[] | null
      // The errors of Ajv have more members than a check needs to answer.
      return check as unknown as ReturnType<Parameters<typeof compileAtFirstUse>[0]>
    })(route)
    expect(validate('bad')).toBe(false)
    expect(validate.errors).toMatchObject([{ message: 'is not good' }])
    expect(validate('good')).toBe(true)
    expect(validate.errors).toBeNull()
  })
})

describe('createSerialisers', () => {
  it('writes an answer by its schema, references to shared schemas among them', async () => {
    const app = fastify({
      schemaController: { compilersFactory: { buildSerializer: createSerialisers } },
    })
    app.addSchema({ $id: 'Name', type: 'object', properties: { name: { type: 'string' } } })
    app.get(
      '/',
      { schema: { response: { 200: { type: 'array', items: { $ref: 'Name#' } } } } },
      async () => [{ name: 'Alva', secret: 'kept' }],
    )
    for (const _ of [1, 2]) {
      const { body } = await app.inject('/')
      expect(body).toBe('[{"name":"Alva"}]')
    }
  })
})
