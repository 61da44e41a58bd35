export type { Access } from './access/access.ts'
export {
  type DevelopmentTokenIssuer,
  type DevelopmentTokenRequest,
  openDevelopmentTokenIssuer,
} from './access/development-token-issuer.ts'
export type { GuardedRoute } from './access/guard.ts'
export {
  type AccessTokenVerifier,
  type AccessTokenVerifierOptions,
  createAccessTokenVerifier,
} from './access/verifier.ts'
export type {
  CertificateAuthority,
  LeafPublicKey,
  LeafRequest,
} from './certificates/authority.ts'
export { openDevelopmentAuthority } from './certificates/development-authority.ts'
export {
  type CertificateConfig,
  loadTrustAnchors,
  openCertificateAuthority,
} from './certificates/open-authority.ts'
export { type Clock, systemClock } from './clock.ts'
export { ConfigurationError, loadConfig } from './configuration/load.ts'
export { type KitConfig, kitConfigSchema, type ServiceConfig } from './configuration/schema.ts'
export { bytea, oneOf } from './database/columns.ts'
export type { Database, DatabaseOptions } from './database/database.ts'
export { connectDatabase } from './database/database.ts'
export { DatabaseError, isUniqueViolation } from './database/database-error.ts'
export { EmbeddedPostgresError } from './database/embedded-postgres-error.ts'
export { findMigrationsFolder, migrate } from './database/migrate.ts'
export { newId } from './database/new-id.ts'
export {
  type DatabaseConfig,
  type OpenDatabaseOptions,
  openDatabase,
} from './database/open-database.ts'
export { databaseReadiness } from './database/readiness.ts'
export {
  commitWith,
  runPrepared,
  type Transaction,
  withoutWaiting,
} from './database/transaction.ts'
export {
  type Answer,
  IdempotencyHeaders,
  type RunOnceOptions,
  runOnce,
} from './idempotency/run-once.ts'
export { idempotencyKeys } from './idempotency/table.ts'
export { createLogger, type LoggerOptions } from './logging/logger.ts'
export { oauthErrorHandler } from './oauth/handler.ts'
export { OAuthError, type OAuthErrorOptions } from './oauth/oauth-error.ts'
export { openProtocolSchemas, registerFormBody } from './oauth/protocol-scope.ts'
export {
  createDocumentCache,
  type DocumentCache,
  type DocumentCacheOptions,
} from './outbound/document-cache.ts'
export { createOutbound, type Outbound, type OutboundOptions } from './outbound/outbound.ts'
export type { OutboundConfig } from './outbound/outbound-policy.ts'
export type {
  OutboundDocument,
  OutboundFailure,
  OutboundResult,
} from './outbound/outbound-result.ts'
export type { OutboundRequest } from './outbound/send-request.ts'
export { decodeCursor, PageQuery, pageOf, toPage } from './paging/paging.ts'
export {
  defineProblems,
  Problem,
  type ProblemDefinition,
  type ProblemFault,
  type ProblemOptions,
  type ProblemTable,
} from './problems/problem.ts'
export {
  OAuthErrorBody,
  oauthErrorResponses,
  ProblemDetails,
  problemResponses,
} from './problems/schemas.ts'
export { openVault, type VaultConfig } from './protection/open-vault.ts'
export {
  createSealedTokens,
  type OpenedToken,
  type SealedTokens,
} from './protection/sealed-tokens.ts'
export { createVault, type DataKey, type Mac, type Sealer, type Vault } from './protection/vault.ts'
export { every, type RunningSchedule, type Schedule } from './schedule/every.ts'
export { type App, createService, type ServiceOptions } from './service/create-service.ts'
export type { OpenApiInfo } from './service/documents.ts'
export type { ReadinessCheck } from './service/health.ts'
export type { Metrics } from './service/metrics.ts'
export { type StartOptions, startService } from './service/start-service.ts'
export { createVerbatimValidators } from './service/validators.ts'
