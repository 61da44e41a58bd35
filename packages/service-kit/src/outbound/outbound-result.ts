/** Why a document could not be had. Stable; safe to show. */
export type OutboundFailure =
  | 'blocked'
  | 'timeout'
  | 'too_large'
  | 'status'
  | 'media_type'
  | 'malformed'
  | 'unreachable'

export interface OutboundDocument<Body = string> {
  readonly status: number
  /** media type without parameters, lower case; empty when the answer names none */
  readonly contentType: string
  readonly body: Body
  readonly etag: string | undefined
  /** seconds for which Cache-Control allows keeping it; undefined when it does not say */
  readonly maxAgeSeconds: number | undefined
}

export type OutboundResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly code: OutboundFailure
      readonly detail: string
      /** the answer's status, when there was one */
      readonly status?: number
    }

// Says nothing about what lies behind an address: an answer must not map our network (S-20).
const details: Readonly<Record<OutboundFailure, string>> = {
  blocked: 'The address may not be called from here.',
  timeout: 'No complete answer came in time.',
  too_large: 'The answer is larger than allowed.',
  status: 'The answer is not a success.',
  media_type: 'The answer has an unexpected media type.',
  malformed: 'The answer cannot be read.',
  unreachable: 'The host cannot be reached.',
}

export const failure = (code: OutboundFailure, status?: number): OutboundResult<never> =>
  status === undefined
    ? { ok: false, code, detail: details[code] }
    : { ok: false, code, detail: details[code], status }
