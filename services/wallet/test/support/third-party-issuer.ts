import { randomUUID } from 'node:crypto'
import type { Signer } from '@mikromerit/credentials'
import { setGlobalConfig } from '@openid4vc/oauth2'
import { type Answer, notFound, type ServedRequest, serve } from './http-server.ts'
import { defaultBehaviour, type IssuerBehaviour } from './issuer-behaviour.ts'
import {
  authorizationServerOf,
  createMetadata,
  createOffer,
  createServerMetadata,
} from './issuer-documents.ts'
import {
  answerCredential,
  answerNonce,
  answerToken,
  createLibrary,
  createState,
  type Issuer,
} from './issuer-endpoints.ts'

export interface ThirdPartyIssuer {
  readonly identifier: string
  readonly origin: string
  readonly behaviour: IssuerBehaviour
  readonly requests: ServedRequest[]
  readonly notifications: Record<string, unknown>[]
  readonly proofNonces: (string | undefined)[]
  /** How many credentials it has handed out. */
  readonly issued: string[]
  /** A fresh offer, by value unless asked otherwise. */
  offer(by?: 'value' | 'reference'): string
  /** Behaves as at first again, and forgets what it was asked. */
  reset(changes?: Partial<IssuerBehaviour>): void
  close(): Promise<void>
}

/** A small issuer on the server half of @openid4vc: what the wallet meets in the field, not our own issuer. */
export async function startThirdPartyIssuer(
  createSigner: (identifier: string) => Promise<Signer>,
  changes: Partial<IssuerBehaviour> = {},
): Promise<ThirdPartyIssuer> {
  setGlobalConfig({ allowInsecureUrls: true })
  const behaviour: IssuerBehaviour = { ...defaultBehaviour(), ...changes }
  const state = createState()
  let issuer: Issuer | undefined
  const server = await serve(async (request) => {
    if (!issuer) return notFound
    return (await behaviour.answer(request)) ?? (await route(issuer, request))
  })
  const { origin } = server
  const identifier = `${origin}/school`
  const signer = await createSigner(identifier)
  issuer = { origin, identifier, behaviour, state, signer, library: createLibrary(signer) }
  const described = issuer
  return {
    identifier,
    origin,
    behaviour,
    requests: server.requests,
    notifications: state.notifications,
    proofNonces: state.proofNonces,
    issued: state.issued,
    offer: (by = 'value') => linkOffer(described, by),
    reset: (next = {}) => {
      for (const name of Object.keys(behaviour)) delete behaviour[name as keyof IssuerBehaviour]
      Object.assign(behaviour, defaultBehaviour(), changes, next)
      for (const list of [server.requests, state.notifications, state.proofNonces, state.issued])
        list.length = 0
    },
    close: server.close,
  }
}

function linkOffer(issuer: Issuer, by: 'value' | 'reference'): string {
  const { code, offer } = createOffer(issuer)
  issuer.state.codes.add(code)
  const link = new URL('openid-credential-offer://')
  if (by === 'value') link.searchParams.set('credential_offer', JSON.stringify(offer))
  else {
    const path = `/offers/${randomUUID()}`
    issuer.state.offers.set(path, offer)
    link.searchParams.set('credential_offer_uri', `${issuer.origin}${path}`)
  }
  return link.href
}

function route(issuer: Issuer, request: ServedRequest): Answer | Promise<Answer> {
  const { state, behaviour, identifier } = issuer
  const serverPath = new URL(authorizationServerOf(issuer)).pathname
  const offer = state.offers.get(request.path)
  if (offer) return { body: offer }
  switch (request.path) {
    case '/.well-known/openid-credential-issuer/school':
      return { body: behaviour.changeMetadata(createMetadata(issuer)), ...headersOf(behaviour) }
    case `/.well-known/oauth-authorization-server${serverPath}`:
      return {
        body: behaviour.changeServerMetadata(createServerMetadata(issuer)),
        ...headersOf(behaviour),
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

const headersOf = ({ headers }: IssuerBehaviour) => (headers ? { headers } : {})
