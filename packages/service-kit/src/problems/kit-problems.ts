import { defineProblems } from './problem.ts'

/** What every service may refuse, whatever its domain. */
export const kitProblems = defineProblems({
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    remedy: 'Send a JSON document in UTF-8.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    remedy: 'Check the address and the headers; they are not HTTP as it should be.',
  },
  'validation-failed': {
    status: 400,
    title: 'The request does not fit its schema',
    remedy: 'Correct what the pointers in errors name; the schema is in /openapi.json.',
  },
  unauthorized: {
    status: 401,
    title: 'A valid access token is needed',
    remedy: 'Send Authorization: Bearer with an unexpired access token from a trusted issuer.',
  },
  'insufficient-scope': {
    status: 403,
    title: 'The access token lacks a scope',
    remedy: 'Ask for a token with the scope that WWW-Authenticate names.',
  },
  'organisation-mismatch': {
    status: 403,
    title: 'The access token is not for this organisation',
    remedy: 'Ask for a token whose organisation claim is the organisation in the address.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing at this address',
    remedy: 'Check the path; /openapi.json lists all of them.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take this method',
    remedy: 'Use a method that the Allow header names.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not arrive in time',
    remedy: 'Send the whole request within half a minute.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    remedy: 'Send less at a time; the limit is the service’s MAX_BODY_BYTES.',
  },
  'address-too-long': {
    status: 414,
    title: 'A part of the address is too long',
    remedy: 'Check the address; no identifier of ours is that long.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body has another media type than expected',
    remedy: 'Send Content-Type: application/json, or what the operation names.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This idempotency key was used for another request',
    remedy: 'Use a fresh key for each request; repeat a key only with the very same request.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    remedy: 'Wait as long as Retry-After says.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    remedy: 'Send headers of less than 16 KiB together.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    remedy: 'Try again; if it stays, report the instance.',
  },
  unavailable: {
    status: 503,
    title: 'The service cannot answer just now',
    remedy: 'Try again in a moment; nothing was changed.',
  },
})
