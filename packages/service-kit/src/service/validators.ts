import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchema, FastifySchemaCompiler } from 'fastify'
import { compileAtFirstUse } from './compile-at-first-use.ts'
import { findUnwritableText } from './unwritable-text.ts'

type Validate = ReturnType<FastifySchemaCompiler<FastifySchema>>

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
export const createValidators = (): FastifySchemaCompiler<FastifySchema> =>
  compileWith(strictOptions, refuseUnwritable)

/** The same for routes that store nothing of a body: what stands in its texts is for their reader to judge. */
export const createVerbatimValidators = (): FastifySchemaCompiler<FastifySchema> =>
  compileWith(strictOptions, (validate) => validate)

/** For protocol endpoints: unknown members pass wherever a schema does not say otherwise, and nothing is converted. */
export const createOpenValidators = (): FastifySchemaCompiler<FastifySchema> =>
  compileWith({ ...strictOptions, useDefaults: false }, refuseUnwritable)

function compileWith(
  bodyOptions: Options,
  complete: (validate: ValidateFunction) => Validate,
): FastifySchemaCompiler<FastifySchema> {
  const body = createAjv(bodyOptions)
  const text = createAjv({ ...strictOptions, coerceTypes: true })
  return compileAtFirstUse(({ schema, httpPart }) =>
    httpPart === 'body' ? complete(body.compile(schema)) : refuseUnwritable(text.compile(schema)),
  )
}

/** What no table can hold is a fault of the request, found before anything is done, and no outage of ours. */
function refuseUnwritable(validate: ValidateFunction): Validate {
  const checked: Validate = (document) => {
    if (!validate(document)) {
      checked.errors = validate.errors ?? null
      return false
    }
    const instancePath = findUnwritableText(document)
    checked.errors = instancePath === undefined ? null : [unwritableAt(instancePath)]
    return instancePath === undefined
  }
  return checked
}

const unwritableAt = (instancePath: string): ErrorObject => ({
  instancePath,
  schemaPath: '#',
  keyword: 'text',
  params: {},
  message: 'must hold neither a null character nor half a surrogate pair',
})

function createAjv(options: Options): Ajv {
  const ajv = new Ajv(options)
  // The package is CommonJS: its function is also its default member.
  ;(addFormats as unknown as (target: Ajv) => void)(ajv)
  // Its own forms take `urn:uuid:` before an id and the year 0, which are none to the database.
  ajv.addFormat('uuid', uuid)
  addFormatFromYearOne(ajv, 'date')
  addFormatFromYearOne(ajv, 'date-time')
  return ajv
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function addFormatFromYearOne(ajv: Ajv, name: 'date' | 'date-time'): void {
  // How the package defines both: an object with a function of texts that asks nobody.
  const { validate } = ajv.formats[name] as { validate: (text: string) => boolean }
  ajv.addFormat(name, {
    type: 'string',
    validate: (text: string) => !text.startsWith('0000') && validate(text),
  })
}
