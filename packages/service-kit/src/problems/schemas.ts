import { STATUS_CODES } from 'node:http'
import Type from 'typebox'

/** RFC 9457 problem details, as every refusal of our own API has them. */
export const ProblemDetails = Type.Object(
  {
    type: Type.String({ format: 'uri', description: 'Stable; the address explains the problem' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String({ description: 'What was wrong with this request' })),
    instance: Type.String({ description: 'The request id, also in X-Request-Id and in the log' }),
    remedy: Type.Optional(Type.String({ description: 'What to do about it' })),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({
            description: 'JSON pointer (RFC 6901) into the body, or /name of a parameter',
          }),
          detail: Type.String(),
          in: Type.Optional(Type.Enum(['query', 'path', 'header'])),
        }),
        { description: 'Every fault of the request' },
      ),
    ),
  },
  { $id: 'ProblemDetails', title: 'ProblemDetails' },
)

/** Protocol errors (RFC 6749 5.2, OpenID4VCI 8.3.1). */
export const OAuthErrorBody = Type.Object(
  { error: Type.String(), error_description: Type.Optional(Type.String()) },
  { $id: 'OAuthErrorBody', title: 'OAuthErrorBody' },
)

/** The refusals of an operation, for its `response`. They add nothing to the type of what a handler sends. */
export const problemResponses = (...statuses: readonly number[]): Record<never, never> =>
  describeResponses(statuses, 'application/problem+json', 'ProblemDetails#')

/** The protocol errors of an operation, for its `response`. */
export const oauthErrorResponses = (...statuses: readonly number[]): Record<never, never> =>
  describeResponses(statuses, 'application/json', 'OAuthErrorBody#')

const describeResponses = (statuses: readonly number[], mediaType: string, $ref: string) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: STATUS_CODES[status] ?? 'Refused',
        content: { [mediaType]: { schema: { $ref } } },
      },
    ]),
  )
