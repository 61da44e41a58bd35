import { isObject, parseJson } from '@mikromerit/credentials'
import {
  type Clock,
  type Outbound,
  type OutboundRequest,
  openDevelopmentTokenIssuer,
  Problem,
} from '@mikromerit/service-kit'
import type { IssuerConfig } from '../config.ts'
import type { CompositeQuery } from './build-query.ts'
import { isPresentationState, type PresentationState } from './read-report.ts'
import { createTokenSource } from './token-source.ts'

export interface PresentationRequestDraft {
  readonly dcql: CompositeQuery
  readonly purpose: { readonly sv: string; readonly en: string }
  readonly expiresIn: number
}

export interface CreatedPresentationRequest {
  readonly id: string
  readonly authorizationRequest: string
  readonly expiresAt: Date
}

/** The verifier service, asked over HTTP on behalf of an organisation. */
export interface VerifierClient {
  /** @throws Problem verifier-unavailable */
  createRequest(
    organisationId: string,
    draft: PresentationRequestDraft,
    idempotencyKey: string,
  ): Promise<CreatedPresentationRequest>
  /**
   * How a request stands: `gone` when the verifier has no such request any more, `unreadable` when the answer it tells
   * about can never be read, being too large or not what it should be.
   * @throws Problem verifier-unavailable
   */
  readRequest(
    organisationId: string,
    id: string,
  ): Promise<PresentationState | { readonly state: 'gone' } | { readonly state: 'unreadable' }>
}

const scope = 'presentation-requests:write presentation-requests:read'
/** A report on many credentials is long. */
const maxReportBytes = 4 * 1024 * 1024

export function createVerifierClient(options: {
  readonly config: IssuerConfig
  readonly outbound: Outbound
  readonly clock: Clock
}): VerifierClient {
  const { config, outbound } = options
  const tokens = createTokenSource(options, openDevelopmentTokenIssuer)
  const url = `${config.VERIFIER_URL}/v1/presentation-requests`
  const prepare = async (organisation: string, headers = {}): Promise<OutboundRequest> => ({
    accept: 'application/json',
    maxBytes: maxReportBytes,
    headers: { authorization: `Bearer ${await tokens.get(organisation, scope)}`, ...headers },
  })
  return {
    createRequest: async (organisationId, draft, key) => {
      const request = await prepare(organisationId, { 'idempotency-key': key })
      const answer = await outbound.postJson(url, draft, request)
      const parsed = answer.ok ? parseJson(answer.value.body) : answer
      const created = parsed.ok ? readCreated(parsed.value) : undefined
      if (!created) throw new Problem('verifier-unavailable')
      return created
    },
    readRequest: async (organisationId, id) => {
      const answer = await outbound.getJson(`${url}/${id}`, await prepare(organisationId))
      if (answer.ok)
        return isPresentationState(answer.value.body) ? answer.value.body : { state: 'unreadable' }
      if (answer.status === 404) return { state: 'gone' }
      if (answer.code === 'too_large') return { state: 'unreadable' }
      throw new Problem('verifier-unavailable')
    },
  }
}

function readCreated(value: unknown): CreatedPresentationRequest | undefined {
  if (!isObject(value)) return undefined
  const { id, authorizationRequest, expiresAt } = value
  if (!isUuid(id) || typeof authorizationRequest !== 'string') return undefined
  const expires = new Date(String(expiresAt))
  return Number.isNaN(expires.getTime())
    ? undefined
    : { id, authorizationRequest, expiresAt: expires }
}

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
