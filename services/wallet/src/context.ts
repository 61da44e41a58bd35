import type { X509Certificate } from 'node:crypto'
import type { Clock, Database, Outbound, Vault } from '@mikromerit/service-kit'
import type { BackgroundWork } from './background-work.ts'
import type { WalletConfig } from './config.ts'
import type { MetadataCache } from './issuers/metadata-cache.ts'
import type { StatusLists } from './statuses/status-lists.ts'

/** What the wallet's capabilities work with; built once in app.ts. */
export interface WalletContext {
  readonly config: WalletConfig
  readonly database: Database
  readonly vault: Vault
  readonly outbound: Outbound
  readonly clock: Clock
  /** Roots that issuers' and verifiers' certificates must lead to. */
  readonly anchors: readonly X509Certificate[]
  readonly background: BackgroundWork
  readonly issuerMetadata: MetadataCache
  readonly statusLists: StatusLists
  /** Ids of the credentials whose status is being asked for in the background. */
  readonly refreshing: Set<string>
}
