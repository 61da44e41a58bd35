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
  /** @throws Problem verifier-unavailable */
  readRequest(organisationId: string, id: string): Promise<PresentationState>
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
      if (!answer.ok || !isPresentationState(answer.value.body))
        throw new Problem('verifier-unavailable')
      return answer.value.body
    },
  }
}

function readCreated(value: unknown): CreatedPresentationRequest | undefined {
  if (!isObject(value)) return undefined
  const { id, authorizationRequest, expiresAt } = value
  if (typeof id !== 'string' || typeof authorizationRequest !== 'string') return undefined
  const expires = new Date(String(expiresAt))
  return Number.isNaN(expires.getTime())
    ? undefined
    : { id, authorizationRequest, expiresAt: expires }
}
