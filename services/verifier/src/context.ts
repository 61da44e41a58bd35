import type { IssuerKeys } from '@mikromerit/credentials'
import type { Clock, Database, Outbound, Vault } from '@mikromerit/service-kit'
import type { VerifierConfig } from './config.ts'
import type { VerifierAttestation } from './identity/attestation.ts'
import type { Identities } from './identity/identities.ts'
import type { VerifierInfo } from './identity/verifier-info.ts'
import type { RequestChanges } from './presentation-requests/changes.ts'
import type { PresentationStatements } from './presentation-requests/statements.ts'
import type { Replacements } from './replacements/replacements.ts'
import type { BitstringLists } from './status-lists/bitstring-lists.ts'
import type { StatusLists } from './status-lists/status-lists.ts'
import type { IssuerDocumentCache } from './trust/issuer-documents.ts'
import type { TrustRegistry } from './trust/registry.ts'

/** What the verifier's capabilities work with; built once in app.ts. */
export interface VerifierContext {
  readonly config: VerifierConfig
  readonly database: Database
  readonly vault: Vault
  readonly outbound: Outbound
  readonly clock: Clock
  readonly identities: Identities
  readonly attestation: VerifierAttestation | undefined
  readonly verifierInfo: readonly VerifierInfo[]
  readonly trust: TrustRegistry
  readonly issuerDocuments: IssuerDocumentCache
  readonly issuerKeys: IssuerKeys
  readonly statusLists: StatusLists
  readonly bitstringLists: BitstringLists
  readonly replacements: Replacements
  readonly changes: RequestChanges
  /** Prepared at start. */
  readonly statements: PresentationStatements
}
