import type { X509Certificate } from 'node:crypto'
import type {
  CertificateAuthority,
  Clock,
  Database,
  Mac,
  Outbound,
  Vault,
} from '@mikromerit/service-kit'
import type { DefinitionCache } from './achievements/definitions.ts'
import type { VerifierClient } from './composites/verifier-client.ts'
import type { IssuerConfig } from './config.ts'
import type { JobBell } from './jobs/bell.ts'
import type { OfferSecrets } from './offers/offer-secrets.ts'
import type { AuthorizationCodes } from './openid4vci/authorization/codes.ts'
import type { ProtocolTokens } from './openid4vci/protocol-tokens.ts'
import type { Issuers } from './organisations/issuers.ts'
import type { Statements } from './statements.ts'
import type { StatusListPublisher } from './status-lists/publisher.ts'
import type { StatusIndexes } from './status-lists/status-indexes.ts'

/** What capability functions work on: made once by app.ts, passed as their first argument. */
export interface Runtime {
  readonly config: IssuerConfig
  readonly clock: Clock
  readonly database: Database
  readonly statements: Statements
  readonly vault: Vault
  readonly authority: CertificateAuthority
  readonly issuers: Issuers
  readonly definitions: DefinitionCache
  readonly offerSecrets: OfferSecrets
  readonly authorizationCodes: AuthorizationCodes
  readonly outbound: Outbound
  readonly protocolTokens: ProtocolTokens
  readonly holderKeyMac: Mac
  readonly importRowMac: Mac
  readonly jobBell: JobBell
  /** Whose signatures on imported files are trusted. */
  readonly trustAnchors: readonly X509Certificate[]
  /** Asks learners for the parts of composite micro-credentials. */
  readonly verifier: VerifierClient
  readonly statusIndexes: StatusIndexes
  readonly statusLists: StatusListPublisher
}
