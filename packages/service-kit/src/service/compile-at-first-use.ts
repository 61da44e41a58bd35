import SerializerSelector from '@fastify/fast-json-stringify-compiler'
import type { FastifySchema, FastifySchemaCompiler } from 'fastify'

type Validate = ReturnType<FastifySchemaCompiler<FastifySchema>>

/**
 * Compiles each schema when the first request meets it. Most routes and error answers of a replica are never
 * met, and compiling all of them took half of a start and tens of megabytes.
 */
export function compileAtFirstUse(
  compile: FastifySchemaCompiler<FastifySchema>,
): FastifySchemaCompiler<FastifySchema> {
  return (route) => {
    let compiled: Validate | undefined
    const validate: Validate = (data) => {
      compiled ??= compile(route)
      const outcome = compiled(data)
      validate.errors = compiled.errors ?? null
      return outcome
    }
    return validate
  }
}

/** The serialisers Fastify makes by itself, each at its first use. */
export const createSerialisers: SerializerSelector.SerializerFactory = (schemas, options) => {
  const compile = SerializerSelector()(schemas, options)
  return (route) => {
    let serialise: SerializerSelector.Serializer | undefined
    return (document) => {
      serialise ??= compile(route)
      return serialise(document)
    }
  }
}
