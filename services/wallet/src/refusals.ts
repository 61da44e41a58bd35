import { problemResponses } from '@mikromerit/service-kit'

/** The refusals of an operation: its own, and those that any may meet. */
export const refusals = (...statuses: readonly number[]): Record<never, never> =>
  problemResponses(...[...statuses, 401, 403, 429, 500, 503].sort((a, b) => a - b))

/** As `refusals`, for an operation that takes a body. */
export const refusalsWithBody = (...statuses: readonly number[]): Record<never, never> =>
  refusals(400, 413, 415, ...statuses)
