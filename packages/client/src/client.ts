import createClient, { type Client } from 'openapi-fetch'
import type { paths as IssuerPaths } from './generated/issuer.ts'
import type { paths as VerifierPaths } from './generated/verifier.ts'
import type { paths as WalletPaths } from './generated/wallet.ts'

export interface ClientOptions {
  /** Where the service answers, e.g. `http://localhost:3001`. */
  readonly baseUrl: string
  /** A bearer access token with the scopes of the calls to come. */
  readonly accessToken: string
  /** Another `fetch` than the global one. */
  readonly fetch?: typeof fetch
}

export type IssuerClient = Client<IssuerPaths>
export type WalletClient = Client<WalletPaths>
export type VerifierClient = Client<VerifierPaths>

/** A client typed by `openapi/issuer.json`. */
export const createIssuerClient = (options: ClientOptions): IssuerClient =>
  createClient<IssuerPaths>(settings(options))

/** A client typed by `openapi/wallet.json`. */
export const createWalletClient = (options: ClientOptions): WalletClient =>
  createClient<WalletPaths>(settings(options))

/** A client typed by `openapi/verifier.json`. */
export const createVerifierClient = (options: ClientOptions): VerifierClient =>
  createClient<VerifierPaths>(settings(options))

const settings = ({ baseUrl, accessToken, fetch }: ClientOptions) => ({
  baseUrl,
  headers: { authorization: `Bearer ${accessToken}` },
  ...(fetch && { fetch: (request: Request) => fetch(request) }),
})
