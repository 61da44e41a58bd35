import type { FastifyError } from 'fastify'
import type { ProblemFault } from './problem.ts'

type Validation = NonNullable<FastifyError['validation']>

const places = { querystring: 'query', params: 'path', headers: 'header' } as const
const isPlace = (context = ''): context is keyof typeof places => Object.hasOwn(places, context)
const mostFaults = 50

/** What a schema found, in words that name the place and the rule and never the value. */
export function describeFaults(
  validation: Validation,
  context: string | undefined,
): ProblemFault[] {
  const place = isPlace(context) ? places[context] : undefined
  return validation.slice(0, mostFaults).map((fault) => ({
    pointer: pointerOf(fault),
    detail: describeFault(fault),
    ...(place && { in: place }),
  }))
}

function pointerOf({ instancePath, params }: Validation[number]): string {
  const { missingProperty, additionalProperty } = params
  const member = missingProperty ?? additionalProperty
  if (typeof member !== 'string') return instancePath
  return `${instancePath}/${member.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

function describeFault({ keyword, message, params }: Validation[number]): string {
  if (keyword === 'required') return 'is required'
  if (keyword === 'additionalProperties') return 'is not known here'
  if (keyword === 'enum') {
    const { allowedValues } = params
    return `must be one of ${Array.isArray(allowedValues) ? allowedValues.join(', ') : 'a few'}`
  }
  return message ?? 'is not valid'
}
