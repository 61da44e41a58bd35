import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseOutage } from '../database/database-error.ts'
import { kitProblems } from './kit-problems.ts'
import { Problem, type ProblemTable } from './problem.ts'
import { describeFaults } from './validation-faults.ts'

export interface ProblemHandlerOptions {
  readonly publicUrl: string
  readonly problems: ProblemTable
}

/** Answers every error of our own API as RFC 9457 problem details. */
export const createProblemHandler =
  ({ publicUrl, problems }: ProblemHandlerOptions) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = toProblem(error)
    const known: ProblemTable = { ...kitProblems, ...problems }
    const { status, title, remedy } = known[problem.code] ?? kitProblems['internal-error']
    logRefusal(request, problem, status)
    return reply
      .code(status)
      .headers(problem.headers)
      .type('application/problem+json')
      .send({
        type: `${publicUrl}/problems/${problem.code}`,
        title,
        status,
        ...(problem.detail !== undefined && { detail: problem.detail }),
        instance: request.id,
        remedy,
        ...(problem.errors && { errors: problem.errors }),
      })
  }

/** What a thrown value means to the client: a refusal of ours, a fault of the request, or an outage. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isDatabaseOutage(error))
    return new Problem('unavailable', { cause: error, headers: { 'retry-after': '5' } })
  // Whatever was thrown: a member that is not there is undefined.
  const { validation, validationContext, statusCode, code } = Object(error) as Partial<FastifyError>
  if (validation)
    return new Problem('validation-failed', {
      errors: describeFaults(validation, validationContext),
    })
  if (code === 'FST_ERR_BAD_URL') return new Problem('malformed-request')
  if (statusCode === 413) return new Problem('payload-too-large')
  if (statusCode === 414) return new Problem('address-too-long')
  if (statusCode === 415) return new Problem('unsupported-media-type')
  if (statusCode === 429) return new Problem('rate-limited')
  if (statusCode === 404) return new Problem('not-found')
  if (statusCode === 400) {
    return new Problem(
      code?.startsWith('FST_ERR_CTP') || error instanceof SyntaxError
        ? 'malformed-json'
        : 'validation-failed',
    )
  }
  return new Problem('internal-error', { cause: error })
}

export function logRefusal(request: FastifyRequest, problem: Problem, status: number) {
  request.outcome = problem.code
  if (status >= 500) request.log.error({ err: problem.cause ?? problem }, 'request failed')
  else if (problem.cause !== undefined)
    request.log.info({ err: problem.cause, code: problem.code }, 'refused')
}
