import { Ajv, type Options } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchema, FastifySchemaCompiler } from 'fastify'
import { compileAtFirstUse } from './compile-at-first-use.ts'

const strictOptions: Options = {
  allErrors: true,
  strict: false,
  removeAdditional: false,
  coerceTypes: false,
  useDefaults: true,
  // Every schema here is our own: building the checker of schemas costs more than a start can spare.
  validateSchema: false,
}

/**
 * Bodies are taken as they are: nothing converted, nothing removed, so that a client's typo is refused and
 * not lost. Query strings, parameters and headers are text by nature and are converted.
 */
export function createValidators(): FastifySchemaCompiler<FastifySchema> {
  const body = createAjv(strictOptions)
  const text = createAjv({ ...strictOptions, coerceTypes: true })
  return compileAtFirstUse(({ schema, httpPart }) =>
    (httpPart === 'body' ? body : text).compile(schema),
  )
}

/** For protocol endpoints: unknown members pass wherever a schema does not say otherwise, and nothing is converted. */
export function createOpenValidators(): FastifySchemaCompiler<FastifySchema> {
  const body = createAjv({ ...strictOptions, useDefaults: false })
  const text = createAjv({ ...strictOptions, coerceTypes: true })
  return compileAtFirstUse(({ schema, httpPart }) =>
    (httpPart === 'body' ? body : text).compile(schema),
  )
}

function createAjv(options: Options): Ajv {
  const ajv = new Ajv(options)
  // The package is CommonJS: its function is also its default member.
  ;(addFormats as unknown as (target: Ajv) => void)(ajv)
  return ajv
}
