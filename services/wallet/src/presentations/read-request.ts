import { Problem } from '@mikromerit/service-kit'
import { Openid4vpClient } from '@openid4vc/openid4vp'
import type { WalletContext } from '../context.ts'
import { createCallbacks } from '../protocol/callbacks.ts'
import { authenticateRequest } from './authenticate-request.ts'
import { type CheckedRequest, checkRequest } from './check-request.ts'
import { type ClientIdentifier, parseClientIdentifier } from './client-identifier.ts'
import { fetchRequestObject } from './fetch-request-object.ts'
import { parseRequestLink, type RequestLink } from './parse-request-link.ts'
import { parseUnsignedRequest } from './parse-unsigned-request.ts'
import type { Verifier } from './verifier.ts'

export interface ReadRequest {
  readonly request: CheckedRequest
  readonly verifier: Verifier
}

type Payload = Readonly<Record<string, unknown>>

/**
 * Reads a verifier's request, proves who asks, and checks every rule before anything is shown.
 * Two readers must agree: our checks and the protocol library. Throws a Problem; nothing is sent.
 */
export async function readRequest(context: WalletContext, link: string): Promise<ReadRequest> {
  const parsed = parseRequestLink(link)
  if (!parsed.ok) throw invalid(parsed.detail)
  const client = parseClientIdentifier(parsed.value.clientId)
  if (!client) throw new Problem('client-identifier-unsupported')
  return parsed.value.kind === 'unsigned'
    ? readUnsigned(context, client, parsed.value)
    : readSigned(context, client, parsed.value)
}

async function readSigned(
  context: WalletContext,
  client: ClientIdentifier,
  link: Exclude<RequestLink, { kind: 'unsigned' }>,
): Promise<ReadRequest> {
  // W-21: refused before anything is fetched.
  if (client.prefix === 'redirect_uri') throw invalid('a redirect_uri: client must not sign')
  const { requestObject, walletNonce } =
    link.kind === 'signed'
      ? { requestObject: link.requestObject, walletNonce: undefined }
      : await fetchRequestObject(context, link.requestUri, link.method)
  const { payload, leaf } = authenticateRequest(context, link.clientId, client, requestObject)
  // W-27: the object was made for this very request.
  if (walletNonce !== undefined && payload.wallet_nonce !== walletNonce)
    throw invalid('the request object does not return our wallet_nonce')
  const request = check(context, payload)
  const { hostname, host } = new URL(request.responseUri)
  // W-24: the certificate speaks for the host that gets the answer.
  if (client.prefix === 'x509_san_dns' && hostname !== client.value)
    throw invalid('response_uri lies on another host than the certificate names')
  await agreeWithLibrary(context, { client_id: link.clientId, request: requestObject }, walletNonce)
  return {
    request,
    verifier: {
      clientId: link.clientId,
      name: readName(payload) ?? host,
      host,
      trust: 'trusted',
      certificate: { subject: oneLine(leaf.subject), issuer: oneLine(leaf.issuer) },
    },
  }
}

async function readUnsigned(
  context: WalletContext,
  client: ClientIdentifier,
  link: Extract<RequestLink, { kind: 'unsigned' }>,
): Promise<ReadRequest> {
  // W-21: this prefix promises a signature.
  if (client.prefix !== 'redirect_uri') throw invalid('this client_id must sign its requests')
  const payload = parseUnsignedRequest(link.parameters)
  if (!payload.ok) throw invalid(payload.detail)
  const request = check(context, payload.value)
  // S-18: exact match; the client is the address that gets the answer.
  if (request.responseUri !== client.value) throw invalid('response_uri is not the client_id')
  await agreeWithLibrary(context, payload.value)
  const { host } = new URL(request.responseUri)
  return {
    request,
    verifier: {
      clientId: link.clientId,
      name: readName(payload.value) ?? host,
      host,
      trust: 'undetermined',
    },
  }
}

function check(context: WalletContext, payload: Payload): CheckedRequest {
  // W-39: never ignored; before the other checks, so that its own answer is given.
  if (payload.transaction_data !== undefined) throw new Problem('transaction-data-unsupported')
  const request = checkRequest(payload, context.clock.now())
  if (!request.ok) throw invalid(request.detail)
  return request.value
}

/** The second reader: what it refuses is refused, though our own checks let it pass. */
async function agreeWithLibrary(
  context: WalletContext,
  authorizationRequestPayload: Payload,
  walletNonce?: string,
): Promise<void> {
  const client = new Openid4vpClient({ callbacks: createCallbacks(context) })
  try {
    await client.resolveOpenId4vpAuthorizationRequest({
      authorizationRequestPayload,
      ...(walletNonce === undefined ? {} : { wallet: { expectedNonce: walletNonce } }),
    })
  } catch {
    // The library's messages quote the request.
    throw invalid('the request does not follow OpenID4VP 1.0')
  }
}

function readName(payload: Payload): string | undefined {
  const { client_name: name } = Object(payload.client_metadata)
  return typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : undefined
}

const oneLine = (name: string): string => name.replaceAll('\n', ', ').slice(0, 500)
const invalid = (detail: string): Problem => new Problem('request-invalid', { detail })
