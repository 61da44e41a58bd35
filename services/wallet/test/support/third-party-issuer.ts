import { randomUUID } from 'node:crypto'
import {
  importPublicJwk,
  issueSdJwtVc,
  parseJws,
  parsePublicJwk,
  type Signer,
  verifyJws,
} from '@mikromerit/credentials'
import { Oauth2AuthorizationServer, setGlobalConfig } from '@openid4vc/oauth2'
import { Openid4vciIssuer, Openid4vciVersion } from '@openid4vc/openid4vci'
import { createServerCallbacks } from './crypto-callbacks.ts'
import { type Answer, notFound, type ServedRequest, serve, type TestServer } from './http-server.ts'

const grantType = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
export const testVct = 'https://third.example/vct/course'
export const configurationId = 'course_sd_jwt'

export interface IssuedParts {
  iss?: string | undefined
  vct: string
  signer: Signer
  holderKey: { kty: 'EC'; crv: 'P-256'; x: string; y: string }
  expiresAt: Date
  claims: Record<string, unknown>
}

/** How this issuer behaves; a test changes what it is about. */
export interface IssuerBehaviour {
  txCode?: string
  hasNonceEndpoint: boolean
  hasSeparateServer: boolean
  isDpopRequired: boolean
  publishesKeys: boolean
  credentialIdentifiers?: string[]
  changeOffer(offer: Record<string, unknown>): object
  changeMetadata(metadata: Record<string, unknown>): object
  changeServerMetadata(metadata: Record<string, unknown>): object
  changeIssued(parts: IssuedParts): IssuedParts
  changeToken(token: string): string
  answer(request: ServedRequest): Answer | undefined
}

export interface ThirdPartyIssuer {
  readonly identifier: string
  readonly behaviour: IssuerBehaviour
  readonly requests: ServedRequest[]
  readonly notifications: Record<string, unknown>[]
  readonly proofNonces: (string | undefined)[]
  /** A fresh offer, by value unless asked otherwise. */
  offer(by?: 'value' | 'reference'): string
  close(): Promise<void>
}

const defaults = (): IssuerBehaviour => ({
  hasNonceEndpoint: true,
  hasSeparateServer: false,
  isDpopRequired: false,
  publishesKeys: true,
  changeOffer: (offer) => offer,
  changeMetadata: (metadata) => metadata,
  changeServerMetadata: (metadata) => metadata,
  changeIssued: (parts) => parts,
  changeToken: (token) => token,
  answer: () => undefined,
})

/** A small issuer on the server half of @openid4vc: what the wallet meets in the field, not our own issuer. */
export async function startThirdPartyIssuer(
  createSigner: (identifier: string) => Promise<Signer>,
  changes: Partial<IssuerBehaviour> = {},
): Promise<ThirdPartyIssuer> {
  setGlobalConfig({ allowInsecureUrls: true })
  const behaviour: IssuerBehaviour = { ...defaults(), ...changes }
  const state = createState()
  let issuer: Issuer | undefined
  const server = await serve(async (request) => {
    if (!issuer) return notFound
    return behaviour.answer(request) ?? (await route(issuer, request))
  })
  const identifier = `${server.origin}/school`
  const signer = await createSigner(identifier)
  issuer = { server, identifier, behaviour, state, signer, library: createLibrary(signer) }
  return {
    identifier,
    behaviour,
    requests: server.requests,
    notifications: state.notifications,
    proofNonces: state.proofNonces,
    offer: (by = 'value') => createOffer(identifier, behaviour, state, server, by),
    close: server.close,
  }
}

const createState = () => ({
  codes: new Set<string>(),
  nonces: new Set<string>(),
  tokens: new Set<string>(),
  offers: new Map<string, object>(),
  notifications: [] as Record<string, unknown>[],
  proofNonces: [] as (string | undefined)[],
})

const createLibrary = (signer: Signer) => {
  const callbacks = createServerCallbacks({ signer })
  return {
    issuer: new Openid4vciIssuer({ callbacks }),
    server: new Oauth2AuthorizationServer({ callbacks }),
  }
}

interface Issuer {
  server: TestServer
  identifier: string
  behaviour: IssuerBehaviour
  state: ReturnType<typeof createState>
  signer: Signer
  library: ReturnType<typeof createLibrary>
}

function createOffer(
  identifier: string,
  behaviour: IssuerBehaviour,
  state: ReturnType<typeof createState>,
  server: TestServer,
  by: 'value' | 'reference',
): string {
  const code = randomUUID()
  state.codes.add(code)
  const offer = behaviour.changeOffer({
    credential_issuer: identifier,
    credential_configuration_ids: [configurationId],
    grants: {
      [grantType]: {
        'pre-authorized_code': code,
        ...(behaviour.txCode === undefined ? {} : { tx_code: { length: behaviour.txCode.length } }),
      },
    },
  })
  const link = new URL('openid-credential-offer://')
  if (by === 'value') link.searchParams.set('credential_offer', JSON.stringify(offer))
  else {
    const id = randomUUID()
    state.offers.set(`/offers/${id}`, offer)
    link.searchParams.set('credential_offer_uri', `${server.origin}/offers/${id}`)
  }
  return link.href
}

function route(issuer: Issuer, request: ServedRequest): Answer | Promise<Answer> {
  const { state, behaviour, server, identifier } = issuer
  const authorizationServer = behaviour.hasSeparateServer ? `${server.origin}/as` : identifier
  const serverPath = new URL(authorizationServer).pathname
  const offer = state.offers.get(request.path)
  if (offer) return { body: offer }
  switch (request.path) {
    case '/.well-known/openid-credential-issuer/school':
      return { body: behaviour.changeMetadata(createMetadata(issuer, authorizationServer)) }
    case `/.well-known/oauth-authorization-server${serverPath}`:
      return {
        body: behaviour.changeServerMetadata(createServerMetadata(issuer, authorizationServer)),
      }
    case '/.well-known/jwt-vc-issuer/school':
      if (!behaviour.publishesKeys) return notFound
      return {
        body: {
          issuer: identifier,
          jwks: { keys: [{ ...issuer.signer.publicJwk, kid: issuer.signer.kid }] },
        },
      }
    case '/token':
      return answerToken(issuer, request)
    case '/nonce':
      return answerNonce(issuer)
    case '/credential':
      return answerCredential(issuer, request)
    case '/notification':
      state.notifications.push(JSON.parse(request.body))
      return { status: 204 }
    default:
      return notFound
  }
}

const createMetadata = (
  { server, behaviour, identifier }: Issuer,
  authorizationServer: string,
) => ({
  credential_issuer: identifier,
  ...(behaviour.hasSeparateServer ? { authorization_servers: [authorizationServer] } : {}),
  credential_endpoint: `${server.origin}/credential`,
  notification_endpoint: `${server.origin}/notification`,
  ...(behaviour.hasNonceEndpoint ? { nonce_endpoint: `${server.origin}/nonce` } : {}),
  display: [{ name: 'Tredje Skolan', locale: 'sv' }],
  x_unknown: { to: 'be ignored' },
  credential_configurations_supported: {
    [configurationId]: {
      format: 'dc+sd-jwt',
      vct: testVct,
      scope: 'course',
      cryptographic_binding_methods_supported: ['jwk'],
      proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
      credential_metadata: {
        display: [{ name: 'Kursbevis', locale: 'sv' }],
        claims: [
          {
            path: ['grade'],
            display: [
              { name: 'Betyg', locale: 'sv' },
              { name: 'Grade', locale: 'en' },
            ],
          },
        ],
      },
    },
  },
})

const createServerMetadata = ({ server, behaviour }: Issuer, authorizationServer: string) => ({
  issuer: authorizationServer,
  token_endpoint: `${server.origin}/token`,
  'pre-authorized_grant_anonymous_access_supported': true,
  ...(behaviour.isDpopRequired ? { dpop_signing_alg_values_supported: ['ES256'] } : {}),
})

function answerToken({ state, behaviour }: Issuer, request: ServedRequest): Answer {
  const form = new URLSearchParams(request.body)
  const code = form.get('pre-authorized_code') ?? ''
  const isRightTxCode = form.get('tx_code') === (behaviour.txCode ?? null)
  if (form.get('grant_type') !== grantType || !state.codes.has(code) || !isRightTxCode)
    return { status: 400, body: { error: 'invalid_grant' } }
  state.codes.delete(code)
  const token = `token-${randomUUID()}`
  state.tokens.add(token)
  return {
    body: {
      access_token: token,
      token_type: behaviour.isDpopRequired ? 'DPoP' : 'Bearer',
      expires_in: 300,
      ...(behaviour.credentialIdentifiers
        ? {
            authorization_details: [
              {
                type: 'openid_credential',
                credential_configuration_id: configurationId,
                credential_identifiers: behaviour.credentialIdentifiers,
              },
            ],
          }
        : {}),
    },
  }
}

function answerNonce({ state }: Issuer): Answer {
  const nonce = randomUUID()
  state.nonces.add(nonce)
  return { body: { c_nonce: nonce } }
}

async function answerCredential(issuer: Issuer, request: ServedRequest): Promise<Answer> {
  const { behaviour, state } = issuer
  const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ')
  if (!state.tokens.has(token) || scheme !== (behaviour.isDpopRequired ? 'DPoP' : 'Bearer'))
    return { status: 401, body: { error: 'invalid_token' } }
  if (behaviour.isDpopRequired && !isDpopProof(request.headers.dpop))
    return { status: 401, body: { error: 'invalid_dpop_proof' } }
  const body = JSON.parse(request.body)
  const wanted = behaviour.credentialIdentifiers
    ? { credential_identifier: behaviour.credentialIdentifiers[0] }
    : { credential_configuration_id: configurationId }
  const { proofs, ...named } = body
  if (JSON.stringify(named) !== JSON.stringify(wanted))
    return { status: 400, body: { error: 'invalid_credential_request' } }
  const [jwt] = proofs.jwt
  const nonce = readNonce(jwt)
  state.proofNonces.push(nonce)
  if (behaviour.hasNonceEndpoint && !state.nonces.delete(nonce ?? ''))
    return { status: 400, body: { error: 'invalid_nonce' } }
  const holderKey = await verifyProof(issuer, jwt, nonce)
  return {
    body: {
      credentials: [{ credential: await issue(issuer, holderKey) }],
      notification_id: 'note-1',
    },
  }
}

const readNonce = (jwt: string): string | undefined => {
  const { nonce } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
  return nonce
}

function isDpopProof(header: string | string[] | undefined): boolean {
  const jws = parseJws(String(header))
  const jwk = parsePublicJwk(jws.ok ? jws.value.header.jwk : undefined)
  return (
    jws.ok &&
    jwk.ok &&
    verifyJws(jws.value, importPublicJwk(jwk.value)) &&
    'ath' in jws.value.payload
  )
}

async function verifyProof(issuer: Issuer, jwt: string, nonce: string | undefined) {
  const metadata = createMetadata(issuer, issuer.identifier)
  const { signer } = await issuer.library.issuer.verifyCredentialRequestJwtProof({
    issuerMetadata: {
      originalDraftVersion: Openid4vciVersion.V1,
      credentialIssuer: metadata,
      authorizationServers: [],
      knownCredentialConfigurations: {},
    },
    jwt,
    expectedNonce: nonce ?? '',
  } as Parameters<Openid4vciIssuer['verifyCredentialRequestJwtProof']>[0]) // its nonce is optional in 1.0, not in its type
  const jwk = parsePublicJwk(signer.publicJwk)
  if (!jwk.ok) throw new Error('the proof has no P-256 key')
  return jwk.value
}

async function issue(issuer: Issuer, holderKey: IssuedParts['holderKey']): Promise<string> {
  const parts = issuer.behaviour.changeIssued({
    iss: issuer.identifier,
    vct: testVct,
    signer: issuer.signer,
    holderKey,
    expiresAt: new Date(Date.now() + 86_400_000),
    claims: {
      course: 'Svetsning, grund',
      grade: 'VG',
      given_name: 'Planterad-Alva',
      address: { locality: 'Umeå', street: 'Hemliga gatan 7' },
      outcomes: ['kan svetsa', 'kan läsa ritning'],
    },
  })
  const token = await issueSdJwtVc({
    claims: parts.claims,
    disclosable: ['grade', 'given_name', 'address', 'outcomes'],
    vct: parts.vct,
    issuer: parts.iss,
    issuedAt: new Date(),
    expiresAt: parts.expiresAt,
    holderKey: parts.holderKey,
    signer: parts.signer,
    id: `urn:uuid:${randomUUID()}`,
  } as Parameters<typeof issueSdJwtVc>[0]) // iss may be left out by an issuer with a certificate
  return issuer.behaviour.changeToken(token)
}
