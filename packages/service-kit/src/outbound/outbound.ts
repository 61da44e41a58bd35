import { parseJson } from '@mikromerit/credentials'
import type { Logger } from 'pino'
import type { Dispatcher } from 'undici'
import { createCircuitBreaker } from './circuit-breaker.ts'
import { BlockedAddressError, createGuardedAgent, type Resolve } from './guarded-agent.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import { createOutboundPolicy, type OutboundConfig } from './outbound-policy.ts'
import {
  failure,
  type OutboundDocument,
  type OutboundFailure,
  type OutboundResult,
} from './outbound-result.ts'
import { TooLargeError } from './read-body.ts'
import {
  decodeDocument,
  type OutboundRequest,
  type RequestBody,
  sendRequest,
} from './send-request.ts'

/** The one way out: every URL that came from outside is called through this (standards S-20, S-21). */
export interface Outbound {
  /** for libraries; throws where the others answer with a failure */
  readonly fetch: typeof fetch
  getText(url: string, options: OutboundRequest): Promise<OutboundResult<OutboundDocument>>
  /** As getText, with the body as it came: images, and texts in other encodings. */
  getBytes(url: string, options: OutboundRequest): Promise<OutboundResult<OutboundDocument<Buffer>>>
  /** As getText, with the body parsed; by default any JSON media type will do. */
  getJson(
    url: string,
    options?: Partial<OutboundRequest>,
  ): Promise<OutboundResult<OutboundDocument<unknown>>>
  postForm(
    url: string,
    fields: Readonly<Record<string, string>>,
    options: OutboundRequest,
  ): Promise<OutboundResult<OutboundDocument>>
  postJson(
    url: string,
    content: unknown,
    options: OutboundRequest,
  ): Promise<OutboundResult<OutboundDocument>>
  close(): Promise<void>
}

export interface OutboundOptions {
  readonly config: OutboundConfig
  readonly logger?: Pick<Logger, 'debug'> | undefined
  readonly clock?: { now(): Date } | undefined
  /** how names are resolved; tests answer themselves */
  readonly resolve?: Resolve | undefined
}

const anyJson: OutboundRequest = {
  accept: 'application/json',
  mediaTypes: ['application/json', '+json'],
}

type Send = (
  url: string,
  options: OutboundRequest,
  content?: RequestBody,
) => Promise<OutboundResult<OutboundDocument<Buffer>>>

export function createOutbound(options: OutboundOptions): Outbound {
  const policy = createOutboundPolicy(options.config)
  const agent = createGuardedAgent(policy, options.resolve)
  const sendForBytes = createSend(agent, options)
  const send = async (...request: Parameters<Send>) => {
    const answer = await sendForBytes(...request)
    return answer.ok ? decodeDocument(answer.value) : answer
  }
  return {
    fetch: createGuardedFetch(agent, policy),
    getText: (url, request) => send(url, request),
    getBytes: (url, request) => sendForBytes(url, request),
    getJson: async (url, request) => {
      const answer = await send(url, { ...anyJson, ...request })
      return answer.ok ? parseDocument(answer.value) : answer
    },
    postForm: (url, fields, request) =>
      send(url, request, {
        contentType: 'application/x-www-form-urlencoded',
        text: new URLSearchParams(fields).toString(),
      }),
    postJson: (url, content, request) =>
      send(url, request, { contentType: 'application/json', text: JSON.stringify(content) }),
    close: () => agent.destroy(),
  }
}

function createSend(dispatcher: Dispatcher, { config, logger, clock }: OutboundOptions): Send {
  const policy = createOutboundPolicy(config)
  const breaker = createCircuitBreaker(() => clock?.now() ?? new Date())
  return async (text, options, content) => {
    const url = URL.parse(text)
    if (!url || !policy.ruleFor(url)) return failure('blocked')
    if (!breaker.allows(url.origin)) return failure('unreachable')
    const signal = AbortSignal.timeout(options.timeoutMs ?? 5_000)
    const answer = await sendRequest(dispatcher, url, options, signal, content).catch(
      (error: unknown) => failure(classify(error, signal)),
    )
    breaker.record(url.origin, isOutage(answer) ? 'failure' : 'success')
    if (!answer.ok) logger?.debug({ origin: url.origin, code: answer.code }, 'outbound call failed')
    return answer
  }
}

function classify(error: unknown, signal: AbortSignal): OutboundFailure {
  if (error instanceof BlockedAddressError) return 'blocked'
  if (error instanceof TooLargeError) return 'too_large'
  const isTimeout = error instanceof Error && /Timeout/.test(error.name)
  return signal.aborted || isTimeout ? 'timeout' : 'unreachable'
}

const isOutage = (answer: OutboundResult<unknown>): boolean =>
  !answer.ok &&
  (answer.code === 'timeout' || answer.code === 'unreachable' || (answer.status ?? 0) >= 500)

// Standards S-11, F-15: no duplicate names, no bottomless nesting, whoever sent it.
function parseDocument(document: OutboundDocument): OutboundResult<OutboundDocument<unknown>> {
  const parsed = parseJson(document.body)
  return parsed.ok
    ? { ok: true, value: { ...document, body: parsed.value } }
    : failure('malformed', document.status)
}
