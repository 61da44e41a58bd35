import type { X509Certificate } from 'node:crypto'
import { createIssuerKeys, createPublishedKeys } from '@mikromerit/credentials'
import {
  type App,
  type Clock,
  createAccessTokenVerifier,
  createLogger,
  createOutbound,
  createService,
  databaseReadiness,
  every,
  findMigrationsFolder,
  loadTrustAnchors,
  openCertificateAuthority,
  openDatabase,
  openVault,
  systemClock,
} from '@mikromerit/service-kit'
import type { VerifierConfig } from './config.ts'
import type { VerifierContext } from './context.ts'
import { readAttestation } from './identity/attestation.ts'
import { openIdentities } from './identity/identities.ts'
import { identityRoutes } from './identity/routes.ts'
import { readVerifierInfo } from './identity/verifier-info.ts'
import { apiDescription } from './openapi.ts'
import { openid4vpRoutes } from './openid4vp/routes.ts'
import { policyRoutes } from './policies/routes.ts'
import { createRequestChanges } from './presentation-requests/changes.ts'
import { createEventStreams } from './presentation-requests/events.ts'
import { purgeRequests } from './presentation-requests/purge.ts'
import { presentationRequestRoutes } from './presentation-requests/routes.ts'
import { preparePresentationStatements } from './presentation-requests/statements.ts'
import { problems } from './problems.ts'
import { createReplacements } from './replacements/replacements.ts'
import { requestPageRoutes } from './request-page/routes.ts'
import { createBitstringLists } from './status-lists/bitstring-lists.ts'
import { createStatusLists } from './status-lists/status-lists.ts'
import * as tables from './tables.ts'
import { trustAnchorRoutes } from './trust/anchor-routes.ts'
import { createIssuerDocuments } from './trust/issuer-documents.ts'
import { trustedIssuerRoutes } from './trust/issuer-routes.ts'
import { createTrustRegistry } from './trust/registry.ts'
import { trustBundleRoutes } from './trust-bundle/routes.ts'
import { verificationPageRoutes } from './verification-page/routes.ts'
import { verificationRoutes } from './verifications/routes.ts'

type Logger = ReturnType<typeof createLogger>

export interface VerifierOptions {
  readonly clock?: Clock
  readonly logger?: Logger
}

/** Builds the verifier; `close` on the result ends everything that was opened here. */
export async function buildVerifier(
  config: VerifierConfig,
  {
    clock = systemClock,
    logger = createLogger({ service: 'verifier', level: config.LOG_LEVEL }),
  }: VerifierOptions = {},
): Promise<App> {
  const context = await openContext(config, clock, logger)
  const { database, outbound } = context
  const streams = createEventStreams(context)
  const app = await createService({
    name: 'verifier',
    version: '0.1.0',
    config,
    problems,
    openapi: apiDescription,
    accessTokens: await createAccessTokenVerifier({ config, clock, fetch: outbound.fetch }),
    readiness: [databaseReadiness(database)],
    logger,
  })
  await app.register(verificationRoutes, { context })
  await app.register(verificationPageRoutes, { context })
  await app.register(presentationRequestRoutes, { context, streams })
  await app.register(requestPageRoutes, { context, streams })
  await app.register(policyRoutes, { context })
  await app.register(trustedIssuerRoutes, { context })
  await app.register(trustAnchorRoutes, { context })
  await app.register(trustBundleRoutes, { context })
  await app.register(openid4vpRoutes, { context })
  await app.register(identityRoutes, { context })

  const stopBackgroundWork = startBackgroundWork(context, logger)
  app.addHook('preClose', async () => streams.close())
  app.addHook('onClose', async () => {
    await stopBackgroundWork()
    await outbound.close()
    await database.close()
  })
  return app
}

async function openContext(
  config: VerifierConfig,
  clock: Clock,
  logger: Logger,
): Promise<VerifierContext> {
  // What can fail without a database comes first: then nothing has to be closed again.
  const vault = openVault({ config, service: 'verifier' })
  const attested = {
    attestation: readAttestation(config.VERIFIER_ATTESTATION),
    verifierInfo: readVerifierInfo(config.VERIFIER_INFO),
  }
  const configuredAnchors = await loadTrustAnchors(config)
  const authority = await openCertificateAuthority(config)
  const database = await openDatabase({
    config,
    service: 'verifier',
    migrationsFolder: findMigrationsFolder(import.meta.dirname),
    tables,
    logger,
  })
  const outbound = createOutbound({ config, logger, clock })
  const common = { config, database, vault, outbound, clock }
  return {
    ...common,
    ...attested,
    ...openTrust(common, configuredAnchors),
    identities: await openIdentities({
      ...common,
      authority,
      publicUrl: config.PUBLIC_URL,
      name: config.VERIFIER_NAME,
      certificateDays: config.SIGNING_CERTIFICATE_DAYS,
    }),
    changes: createRequestChanges(),
    statements: preparePresentationStatements(database),
  }
}

type Common = Pick<VerifierContext, 'config' | 'database' | 'outbound' | 'clock'>

/** What verification asks: whom to trust, their keys and their status lists. */
function openTrust(
  { config, database, outbound, clock }: Common,
  configuredAnchors: readonly X509Certificate[],
): Pick<
  VerifierContext,
  'trust' | 'issuerDocuments' | 'issuerKeys' | 'statusLists' | 'bitstringLists' | 'replacements'
> {
  const trust = createTrustRegistry({ database, clock, configuredAnchors })
  const issuerDocuments = createIssuerDocuments({ outbound, clock })
  const lists = {
    outbound,
    clock,
    maxBytes: config.STATUS_LIST_MAX_BYTES,
    maxCacheSeconds: config.STATUS_LIST_MAX_CACHE_SECONDS,
  }
  return {
    trust,
    issuerDocuments,
    issuerKeys: createIssuerKeys({ trust, published: createPublishedKeys(issuerDocuments) }),
    statusLists: createStatusLists(lists),
    bitstringLists: createBitstringLists(lists),
    replacements: createReplacements({ outbound, clock }),
  }
}

/** Work that no request waits for. Answers how to stop it. */
function startBackgroundWork(context: VerifierContext, logger: Logger): () => Promise<void> {
  const purge = every({
    name: 'purge requests',
    seconds: 300,
    database: context.database,
    run: () => purgeRequests(context),
    logger,
  })
  // On each replica: each signs with the newest key.
  const renewal = setInterval(() => {
    context.identities.renew().catch((err: unknown) => logger.error({ err }, 'renewal failed'))
  }, 3_600_000).unref()
  return () => {
    clearInterval(renewal)
    return purge.stop()
  }
}
