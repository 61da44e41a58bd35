import { randomUUID, X509Certificate } from 'node:crypto'
import { certificateThumbprint, type Signer } from '@mikromerit/credentials'
import { setGlobalConfig } from '@openid4vc/oauth2'
import { Openid4vpVerifier } from '@openid4vc/openid4vp'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { createServerCallbacks } from './crypto-callbacks.ts'
import { type Answer, notFound, type ServedRequest, serve, type TestServer } from './http-server.ts'
import { testVct } from './issuer-behaviour.ts'

export const courseQuery = {
  credentials: [
    {
      id: 'course',
      format: 'dc+sd-jwt',
      meta: { vct_values: [testVct] },
      claims: [{ path: ['grade'] }],
    },
  ],
}

/** How this verifier behaves; a test changes what it is about. */
export interface VerifierBehaviour {
  clientId?: string
  prefix: 'x509_hash' | 'x509_san_dns' | 'redirect_uri'
  responseMode: 'direct_post' | 'direct_post.jwt'
  requestUriMethod: 'get' | 'post' | undefined
  encodings: string[] | undefined
  /** The media type of its request objects. */
  requestType: string
  dcql: object
  changePayload(payload: Record<string, unknown>): object
  changeHeader(header: Record<string, unknown>): object
  changeSigned(jwt: string): string
  /** The answer to what the wallet sends to the response URI. */
  answer(): Answer | Promise<Answer>
  /** The answer to a request for the request object, instead of the object. */
  answerRequest(request: ServedRequest): Answer | undefined
}

export interface ReceivedAnswer {
  readonly form: Record<string, string>
  /** Decrypted when it came encrypted. */
  readonly content: Record<string, unknown>
  readonly jweHeader?: Record<string, unknown>
}

export interface ThirdPartyVerifier {
  readonly behaviour: VerifierBehaviour
  readonly clientId: string
  readonly host: string
  readonly requests: ServedRequest[]
  readonly answers: ReceivedAnswer[]
  /** A fresh request and its nonce and state. */
  request(by?: 'reference' | 'value'): Promise<{ link: string; nonce: string; state: string }>
  /** Behaves as at first again, and forgets what it was asked and told. */
  reset(changes?: Partial<VerifierBehaviour>): void
  close(): Promise<void>
}

const defaults = (): VerifierBehaviour => ({
  prefix: 'x509_hash',
  requestUriMethod: undefined,
  responseMode: 'direct_post.jwt',
  encodings: ['A128GCM', 'A256GCM'],
  requestType: 'application/oauth-authz-req+jwt',
  dcql: courseQuery,
  changePayload: (payload) => payload,
  changeHeader: (header) => header,
  changeSigned: (jwt) => jwt,
  answer: () => ({ body: {} }),
  answerRequest: () => undefined,
})

/** A small verifier whose answers are read by the verifier half of @openid4vc. */
export async function startThirdPartyVerifier(
  signer: Signer,
  changes: Partial<VerifierBehaviour> = {},
): Promise<ThirdPartyVerifier> {
  setGlobalConfig({ allowInsecureUrls: true })
  const behaviour: VerifierBehaviour = { ...defaults(), ...changes }
  const encryption = await createEncryptionKey()
  const objects = new Map<string, (request: ServedRequest) => Promise<string>>()
  const payloads = new Map<string, Record<string, unknown>>()
  const answers: ReceivedAnswer[] = []
  const callbacks = createServerCallbacks({ signer, decryptionKey: encryption.privateJwk })
  const library = new Openid4vpVerifier({ callbacks })
  const server = await serve(async (request) => {
    const object = objects.get(request.path)
    if (object) {
      const answer = behaviour.answerRequest(request)
      return answer ?? { type: behaviour.requestType, body: await object(request) }
    }
    const payload = payloads.get(request.path)
    if (!payload) return notFound
    answers.push(await readAnswer(library, callbacks, payload, request.body))
    return behaviour.answer()
  })
  const clientId = behaviour.clientId ?? createClientId(behaviour, signer, server)
  const verifier = { server, signer, behaviour, clientId, encryption, objects, payloads }
  return {
    behaviour,
    clientId,
    host: new URL(server.origin).host,
    requests: server.requests,
    answers,
    request: (by = 'reference') => createRequest(verifier, by),
    reset: (next = {}) => {
      Object.assign(behaviour, defaults(), changes, next)
      server.requests.length = 0
      answers.length = 0
    },
    close: server.close,
  }
}

interface Verifier {
  server: TestServer
  signer: Signer
  behaviour: VerifierBehaviour
  clientId: string
  encryption: Awaited<ReturnType<typeof createEncryptionKey>>
  objects: Map<string, (request: ServedRequest) => Promise<string>>
  payloads: Map<string, Record<string, unknown>>
}

async function createRequest(verifier: Verifier, by: 'reference' | 'value') {
  const { behaviour, server, clientId, payloads, objects } = verifier
  const [nonce, state, path] = [randomUUID(), randomUUID(), `/answers/${randomUUID()}`]
  // An unsigned client is the address of its answers: that of the first request, for good.
  const responseUri =
    behaviour.prefix === 'redirect_uri'
      ? clientId.slice('redirect_uri:'.length)
      : server.origin + path
  const payload = createPayload(verifier, { nonce, state, responseUri })
  payloads.set(new URL(responseUri).pathname, { ...behaviour.changePayload(payload) })
  const link = new URL('openid4vp://')
  if (behaviour.prefix === 'redirect_uri') {
    for (const [name, value] of Object.entries(behaviour.changePayload(payload)))
      link.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    return { link: link.href, nonce, state }
  }
  link.searchParams.set('client_id', clientId)
  if (by === 'value') {
    link.searchParams.set('request', await signRequest(verifier, payload))
    return { link: link.href, nonce, state }
  }
  const requestPath = `/requests/${randomUUID()}`
  objects.set(requestPath, (request) =>
    signRequest(verifier, { ...payload, ...walletNonceOf(request) }),
  )
  link.searchParams.set('request_uri', server.origin + requestPath)
  if (behaviour.requestUriMethod)
    link.searchParams.set('request_uri_method', behaviour.requestUriMethod)
  return { link: link.href, nonce, state }
}

const walletNonceOf = ({ method, body }: ServedRequest) => {
  const nonce = method === 'POST' ? new URLSearchParams(body).get('wallet_nonce') : null
  return nonce === null ? {} : { wallet_nonce: nonce }
}

function createPayload(
  { behaviour, clientId, encryption }: Verifier,
  { nonce, state, responseUri }: { nonce: string; state: string; responseUri: string },
): Record<string, unknown> {
  return {
    response_type: 'vp_token',
    response_mode: behaviour.responseMode,
    response_uri: responseUri,
    client_id: clientId,
    nonce,
    state,
    ...(behaviour.prefix === 'redirect_uri' ? {} : { aud: 'https://self-issued.me/v2' }),
    dcql_query: behaviour.dcql,
    client_metadata: {
      client_name: 'Tredje Arbetsgivaren',
      vp_formats_supported: {
        'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
      },
      ...(behaviour.responseMode === 'direct_post.jwt'
        ? { jwks: { keys: [encryption.publicJwk] } }
        : {}),
      ...(behaviour.encodings
        ? { encrypted_response_enc_values_supported: behaviour.encodings }
        : {}),
    },
  }
}

async function signRequest(
  { behaviour, signer }: Verifier,
  payload: Record<string, unknown>,
): Promise<string> {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const header = behaviour.changeHeader({
    alg: 'ES256',
    typ: 'oauth-authz-req+jwt',
    x5c: signer.x5c,
  })
  const input = `${encode(header)}.${encode(behaviour.changePayload(payload))}`
  const signature = await signer.sign(input)
  return behaviour.changeSigned(`${input}.${signature.toString('base64url')}`)
}

async function readAnswer(
  library: Openid4vpVerifier,
  callbacks: ReturnType<typeof createServerCallbacks>,
  payload: Record<string, unknown>,
  body: string,
): Promise<ReceivedAnswer> {
  const form: Record<string, string> = Object.fromEntries(new URLSearchParams(body))
  if (form.error !== undefined) return { form, content: form }
  if (form.response !== undefined) {
    const decrypted = await callbacks.decryptJwe(form.response)
    const content = JSON.parse(decrypted.decrypted ? decrypted.payload : '{}')
    const jweHeader = JSON.parse(
      Buffer.from(form.response.split('.')[0] ?? '', 'base64url').toString(),
    )
    if (content.error === undefined) await parseWithLibrary(library, callbacks, payload, form)
    return { form, content, jweHeader }
  }
  await parseWithLibrary(library, callbacks, payload, form)
  return { form, content: { ...form, vp_token: JSON.parse(form.vp_token ?? '{}') } }
}

/** Throws, and the wallet then sees a 500, when the library does not understand the answer. */
const parseWithLibrary = (
  library: Openid4vpVerifier,
  callbacks: ReturnType<typeof createServerCallbacks>,
  payload: Record<string, unknown>,
  form: Record<string, string>,
) =>
  library.parseOpenid4vpAuthorizationResponse({
    authorizationResponse: form,
    authorizationRequestPayload: payload as never, // made by hand to this very shape
    callbacks,
  })

function createClientId(behaviour: VerifierBehaviour, signer: Signer, server: TestServer): string {
  if (behaviour.prefix === 'redirect_uri') return `redirect_uri:${server.origin}/answers/unsigned`
  if (behaviour.prefix === 'x509_san_dns') return 'x509_san_dns:localhost'
  const [leaf = ''] = signer.x5c ?? []
  return `x509_hash:${certificateThumbprint(new X509Certificate(Buffer.from(leaf, 'base64')))}`
}

async function createEncryptionKey(): Promise<{ publicJwk: JWK; privateJwk: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', {
    crv: 'P-256',
    extractable: true,
  })
  const members = { kid: 'enc-1', alg: 'ECDH-ES', use: 'enc' }
  return {
    publicJwk: { ...(await exportJWK(publicKey)), ...members },
    privateJwk: { ...(await exportJWK(privateKey)), ...members },
  }
}
