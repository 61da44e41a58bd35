import type { AnswerReport } from '../src/index.ts'
import { purpose, type TestVerifier } from './support.ts'
import { aHolder, type CredentialChanges, type TestIssuer } from './test-issuer.ts'
import type { PresentationChanges, RequestObject } from './test-wallet.ts'

/** A request made by an employer, as it was answered and as a wallet read it. */
export interface OpenedRequest {
  readonly id: string
  readonly request: RequestObject
  readonly requestUri: string
}

/** Makes a request and fetches it with the wallet. */
export async function openRequest(
  verifier: TestVerifier,
  draft: Record<string, unknown> = {},
): Promise<OpenedRequest> {
  const created = await verifier
    .as('presentation-requests:write')
    .post('/v1/presentation-requests', { purpose, ...draft })
  if (created.statusCode !== 201) throw new Error(created.body)
  const { id, authorizationRequest, requestUri } = created.json()
  return { id, requestUri, request: await verifier.wallet.open(authorizationRequest) }
}

export interface FlowChanges {
  readonly draft?: Record<string, unknown>
  readonly credential?: CredentialChanges
  readonly presentation?: PresentationChanges
  /** Changes the presentation after it was signed. */
  readonly tamper?: (token: string) => string
}

/** The whole way: request, credential, answer, report. */
export async function present(
  verifier: TestVerifier,
  issuer: TestIssuer,
  { draft, credential, presentation, tamper = (token) => token }: FlowChanges = {},
): Promise<{ id: string; report: AnswerReport }> {
  const holder = credential?.holder ?? aHolder()
  const { id, request } = await openRequest(verifier, draft)
  const issued = await issuer.issue({ holder, ...credential })
  const token = tamper(await verifier.wallet.present(request, issued, holder, presentation))
  const [query] = request.dcql_query.credentials
  const answer = await verifier.wallet.answer(request, { [query?.id ?? '']: [token] })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  const read = await readRequest(verifier, id)
  return { id, report: read.json().report }
}

export const readRequest = (verifier: TestVerifier, id: string, query = '') =>
  verifier.as('presentation-requests:read').get(`/v1/presentation-requests/${id}${query}`)

/** The checks that are not valid, with their reasons. */
export const faults = (report: AnswerReport) =>
  report.checks
    .filter(({ outcome }) => outcome !== 'valid')
    .map(({ code, outcome, evidence }) => ({ code, outcome, reason: evidence?.reason }))
