import { isObject } from '@mikromerit/credentials'
import { type Connection, openConnection, readJson, readText } from '../load/connection.ts'
import type { Flow } from '../load/flow-rows.ts'
import type { OpenRequest, PreparedWallet } from './wallet.ts'

export interface PresentationFlowOptions {
  readonly verifierUrl: string
  readonly accessToken: string
  readonly wallet: PreparedWallet
}

const draft = JSON.stringify({
  purpose: { sv: 'Vi vill se vad du kan.', en: 'We want to see your skills.' },
})

/** A complete presentation: request, request object, encrypted answer, report. */
export function openPresentationFlow(options: PresentationFlowOptions): Flow {
  const connection = openConnection(options.verifierUrl)
  const authorization = `Bearer ${options.accessToken}`
  const createHeaders = { authorization, 'content-type': 'application/json' }
  return {
    run: async () => {
      const created = await connection.send({
        method: 'POST',
        path: '/v1/presentation-requests',
        headers: createHeaders,
        body: draft,
      })
      const { id, requestUri } = readCreated(readJson(created, 201, 'Asking'))
      const request = await fetchRequest(connection, requestUri)
      await sendAnswer(connection, request, options.wallet)
      const path = `/v1/presentation-requests/${id}`
      const read = await connection.send({ method: 'GET', path, headers: { authorization } })
      demandValid(readJson(read, 200, 'Reading the report'))
    },
    close: () => connection.close(),
  }
}

const readCreated = (created: Record<string, unknown>) => ({
  id: readText(created, 'id'),
  requestUri: readText(created, 'requestUri'),
})

async function fetchRequest(connection: Connection, requestUri: string): Promise<OpenRequest> {
  const path = pathOf(requestUri)
  const { status, body } = await connection.send({ method: 'GET', path, headers: {} })
  if (status !== 200) throw new Error(`The request object was answered with ${status}: ${body}`)
  return readRequestObject(body)
}

/** A wallet would verify its signature; this one leaves that to the tests, and the processor to the service. */
export function readRequestObject(token: string): OpenRequest {
  const [, encoded = ''] = token.split('.')
  const payload: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString())
  if (!isObject(payload)) throw new Error('The request object has no payload.')
  const [key] = listOf(objectOf(objectOf(payload.client_metadata).jwks).keys)
  const [query] = listOf(objectOf(payload.dcql_query).credentials)
  if (!key || !query) throw new Error('The request object asks for nothing, or has no key.')
  return {
    clientId: readText(payload, 'client_id'),
    nonce: readText(payload, 'nonce'),
    state: readText(payload, 'state'),
    responsePath: pathOf(readText(payload, 'response_uri')),
    queryId: readText(query, 'id'),
    encryptionKey: { kid: readText(key, 'kid'), x: readText(key, 'x'), y: readText(key, 'y') },
  }
}

const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' }

async function sendAnswer(connection: Connection, request: OpenRequest, wallet: PreparedWallet) {
  const { status, body } = await connection.send({
    method: 'POST',
    path: request.responsePath,
    headers: formHeaders,
    body: wallet.answer(request),
  })
  if (status !== 200) throw new Error(`The answer was answered with ${status}: ${body}`)
}

/** A figure counts only flows that ended as they should. */
function demandValid(read: Record<string, unknown>): void {
  const report = objectOf(read.report)
  if (report.outcome !== 'valid')
    throw new Error(`The report is not valid: ${JSON.stringify(report.checks)}`)
}

const objectOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {})

const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isObject) : []

const pathOf = (url: string): string => url.slice(url.indexOf('/', 'https://'.length))
