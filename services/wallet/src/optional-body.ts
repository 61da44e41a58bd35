import type { preValidationAsyncHookHandler } from 'fastify'

/** For writes whose members are all optional: no body at all is an empty one. */
export const takeNoBodyAsEmpty: preValidationAsyncHookHandler = async (request) => {
  request.body ??= {}
}
