import type { PublicJwk } from '@mikromerit/credentials'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Issuer } from '../organisations/issuers.ts'
import type { CredentialConfiguration } from './metadata/configurations.ts'
import type { AccessToken, AuthorisedCredential, Nonce } from './protocol-tokens.ts'

/** What the steps of one protocol request have established so far. Each step adds its own finding. */
export interface Exchange {
  issuer?: Issuer
  /** Token endpoint: the offer whose pre-authorized code was presented. */
  offerId?: string
  /** Token endpoint: the client, as far as it has said who it is; absent when it is anonymous. */
  clientId?: string
  /** Token endpoint: configurations that authorization_details name, of all the offer lists (I-18). */
  wanted?: readonly string[]
  accessToken?: AccessToken
  configuration?: CredentialConfiguration
  /** Credential endpoint: what of the token's is asked for. */
  authorised?: AuthorisedCredential
  /** Credential endpoint: the one key proof, checked in shape, then in truth. */
  proof?: string
  holderKey?: PublicJwk
  proofNonce?: string
  nonce?: Nonce
}

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange
  }
}

/** Gives every request of this plugin an empty exchange. */
export function openExchanges(app: FastifyInstance) {
  // Fastify wants the shape declared and refuses a shared object as its default.
  app.decorateRequest('exchange')
  app.addHook('onRequest', async (request) => {
    request.exchange = {}
  })
}

/** What an earlier step established; its absence is a mistake in the order of steps, not the client's. */
export function established<K extends keyof Exchange>(
  request: FastifyRequest,
  name: K,
): NonNullable<Exchange[K]> {
  const value = request.exchange[name]
  if (value === undefined) throw new Error(`The step that establishes ${name} has not run`)
  // The check above leaves only the defined members of the union.
  return value as NonNullable<Exchange[K]>
}
