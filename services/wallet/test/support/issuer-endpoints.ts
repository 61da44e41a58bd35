import { randomUUID } from 'node:crypto'
import {
  importPublicJwk,
  parseJws,
  parsePublicJwk,
  type Signer,
  verifyJws,
} from '@mikromerit/credentials'
import { Oauth2AuthorizationServer } from '@openid4vc/oauth2'
import { Openid4vciIssuer, Openid4vciVersion } from '@openid4vc/openid4vci'
import { createServerCallbacks } from './crypto-callbacks.ts'
import type { Answer, ServedRequest } from './http-server.ts'
import {
  configurationId,
  type IssuedParts,
  type IssuerBehaviour,
  testVct,
} from './issuer-behaviour.ts'
import { createMetadata, type DescribedIssuer, grantType } from './issuer-documents.ts'
import { makeSdJwt } from './sd-jwt.ts'

export const createState = () => ({
  codes: new Set<string>(),
  nonces: new Set<string>(),
  tokens: new Set<string>(),
  offers: new Map<string, object>(),
  notifications: [] as Record<string, unknown>[],
  proofNonces: [] as (string | undefined)[],
  issued: [] as string[],
})

export const createLibrary = (signer: Signer) => {
  const callbacks = createServerCallbacks({ signer })
  return {
    issuer: new Openid4vciIssuer({ callbacks }),
    server: new Oauth2AuthorizationServer({ callbacks }),
  }
}

export interface Issuer extends DescribedIssuer {
  readonly state: ReturnType<typeof createState>
  readonly signer: Signer
  readonly library: ReturnType<typeof createLibrary>
}

export function answerToken({ state, behaviour }: Issuer, request: ServedRequest): Answer {
  const nonceDemand = demandDpopNonce(behaviour, request)
  if (nonceDemand) return nonceDemand
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

export function answerNonce({ state }: Issuer): Answer {
  const nonce = randomUUID()
  state.nonces.add(nonce)
  return { body: { c_nonce: nonce } }
}

export async function answerCredential(issuer: Issuer, request: ServedRequest): Promise<Answer> {
  const { behaviour, state } = issuer
  const nonceDemand = demandDpopNonce(behaviour, request)
  if (nonceDemand) return nonceDemand
  const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ')
  if (!state.tokens.has(token) || scheme !== (behaviour.isDpopRequired ? 'DPoP' : 'Bearer'))
    return { status: 401, body: { error: 'invalid_token' } }
  if (behaviour.isDpopRequired && !isDpopProof(request.headers.dpop))
    return { status: 401, body: { error: 'invalid_dpop_proof' } }
  const body = JSON.parse(request.body)
  const { proofs, ...named } = body
  if (!isAllowed(behaviour, named))
    return { status: 400, body: { error: 'invalid_credential_request' } }
  const [jwt] = proofs.jwt
  const nonce = readNonce(jwt)
  state.proofNonces.push(nonce)
  if (behaviour.hasNonceEndpoint && !state.nonces.delete(nonce ?? ''))
    return { status: 400, body: { error: 'invalid_nonce' } }
  const holderKey = await verifyProof(issuer, jwt, nonce)
  const { identifier, signer } = issuer
  const other = behaviour.issueAs(named.credential_configuration_id, {
    identifier,
    signer,
    holderKey,
  })
  const credential = await (other ?? issue(issuer, holderKey, named.credential_identifier))
  state.issued.push(credential)
  return {
    body: { credentials: [{ credential }], notification_id: `note-${state.issued.length}` },
  }
}

/** OpenID4VCI 8.2: exactly one of the two, whichever the token answer calls for. */
function isAllowed(
  { credentialIdentifiers, configurations }: IssuerBehaviour,
  named: Record<string, unknown>,
): boolean {
  const [name, values] = credentialIdentifiers
    ? (['credential_identifier', credentialIdentifiers] as const)
    : (['credential_configuration_id', configurations] as const)
  return Object.keys(named).join() === name && values.includes(String(named[name]))
}

/** RFC 9449 8 and 9: told by the error of the token endpoint, and by the challenge of a resource. */
function demandDpopNonce(
  { dpopNonce }: IssuerBehaviour,
  { headers, path }: ServedRequest,
): Answer | undefined {
  if (dpopNonce === undefined) return undefined
  const jws = parseJws(String(headers.dpop))
  if (jws.ok && jws.value.payload.nonce === dpopNonce) return undefined
  return {
    status: path === '/token' ? 400 : 401,
    body: { error: 'use_dpop_nonce' },
    headers: { 'dpop-nonce': dpopNonce, 'www-authenticate': 'DPoP error="use_dpop_nonce"' },
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
  const metadata = createMetadata(issuer)
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

async function issue(
  issuer: Issuer,
  holderKey: IssuedParts['holderKey'],
  course = 'Svetsning, grund',
): Promise<string> {
  const parts = issuer.behaviour.changeIssued({
    iss: issuer.identifier,
    vct: testVct,
    typ: 'dc+sd-jwt',
    signer: issuer.signer,
    hasCertificates: true,
    holderKey,
    issuedAt: issuer.behaviour.now(),
    expiresAt: new Date(issuer.behaviour.now().getTime() + 86_400_000),
    claims: {
      course,
      grade: 'VG',
      given_name: 'Planterad-Alva',
      address: { locality: 'Umeå', street: 'Hemliga gatan 7' },
      outcomes: ['kan svetsa', 'kan läsa ritning'],
    },
  })
  const token = await makeSdJwt({
    typ: parts.typ,
    payload: {
      ...parts.claims,
      ...(parts.iss === undefined ? {} : { iss: parts.iss }),
      vct: parts.vct,
      jti: `urn:uuid:${randomUUID()}`,
      iat: Math.floor(parts.issuedAt.getTime() / 1_000),
      exp: Math.floor(parts.expiresAt.getTime() / 1_000),
      ...(parts.holderKey ? { cnf: { jwk: toKey(parts.holderKey) } } : {}),
    },
    signer: parts.signer,
    hasCertificates: parts.hasCertificates,
  })
  return issuer.behaviour.changeToken(token)
}

const toKey = ({ x, y }: { x: string; y: string }) => ({ kty: 'EC', crv: 'P-256', x, y })
