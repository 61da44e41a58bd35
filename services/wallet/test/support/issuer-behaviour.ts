import type { PublicJwk, Signer } from '@mikromerit/credentials'
import type { Answer, ServedRequest } from './http-server.ts'

export const testVct = 'https://third.example/vct/course'
export const configurationId = 'course_sd_jwt'

export interface IssuedParts {
  iss?: string | undefined
  vct: string
  typ: string
  signer: Signer
  hasCertificates: boolean
  holderKey: { x: string; y: string } | undefined
  issuedAt: Date
  expiresAt: Date
  claims: Record<string, unknown>
}

/** What is issued to whom, by whom. */
export interface IssueRequest {
  readonly identifier: string
  readonly signer: Signer
  readonly holderKey: PublicJwk
}

/** How this issuer behaves; a test changes what it is about. */
export interface IssuerBehaviour {
  txCode?: string
  configurations: string[]
  hasNonceEndpoint: boolean
  hasNotificationEndpoint: boolean
  hasSeparateServer: boolean
  isDpopRequired: boolean
  /** Demands a nonce in every DPoP proof (RFC 9449 8). */
  dpopNonce?: string
  publishesKeys: boolean
  /** Of its metadata. */
  headers?: Record<string, string>
  now(): Date
  /** Given: named in the token answer, and then demanded instead of the configuration. */
  credentialIdentifiers?: string[]
  changeOffer(offer: Record<string, unknown>): object
  changeMetadata(metadata: Record<string, unknown>): object
  changeServerMetadata(metadata: Record<string, unknown>): object
  changeIssued(parts: IssuedParts): IssuedParts
  changeToken(token: string): string
  /** Describes a configuration in another way than a course in SD-JWT VC. */
  configure(id: string): object | undefined
  /** Issues something else under a configuration. */
  issueAs(id: string, request: IssueRequest): Promise<string> | undefined
  /** Answers instead, or before: undefined lets the issuer go on. */
  answer(request: ServedRequest): Answer | undefined | Promise<Answer | undefined>
}

export const defaultBehaviour = (): IssuerBehaviour => ({
  configurations: [configurationId],
  hasNonceEndpoint: true,
  hasNotificationEndpoint: true,
  hasSeparateServer: false,
  isDpopRequired: false,
  publishesKeys: true,
  now: () => new Date(),
  changeOffer: (offer) => offer,
  changeMetadata: (metadata) => metadata,
  changeServerMetadata: (metadata) => metadata,
  changeIssued: (parts) => parts,
  changeToken: (token) => token,
  configure: () => undefined,
  issueAs: () => undefined,
  answer: () => undefined,
})
