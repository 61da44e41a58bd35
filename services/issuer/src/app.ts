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
  type Outbound,
  openCertificateAuthority,
  openDatabase,
  openVault,
  systemClock,
} from '@mikromerit/service-kit'
import { createDefinitionCache } from './achievements/definitions.ts'
import { achievementRoutes } from './achievements/routes.ts'
import { awardRoutes } from './awards/routes.ts'
import { signedRoutes } from './bulk/result-routes.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { runBulk } from './bulk/run-bulk.ts'
import { runSigning } from './bulk/run-signing.ts'
import { catalogueRoutes } from './catalogue/routes.ts'
import { clientRoutes } from './clients/routes.ts'
import { compositeRoutes } from './composites/routes.ts'
import { settleOpenRequests } from './composites/settle-open.ts'
import { createVerifierClient } from './composites/verifier-client.ts'
import type { IssuerConfig } from './config.ts'
import { delegationRoutes } from './delegation/routes.ts'
import { listExportRoutes } from './exports/list-routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { runImport } from './imports/run-import.ts'
import { createJobBell } from './jobs/bell.ts'
import { jobRoutes } from './jobs/routes.ts'
import { startJobWorker } from './jobs/worker.ts'
import { openOfferSecrets } from './offers/offer-secrets.ts'
import { offerReferenceRoutes, offerRoutes } from './offers/routes.ts'
import { apiDescription } from './openapi.ts'
import { openAuthorizationCodes } from './openid4vci/authorization/codes.ts'
import { callbackRoutes } from './openid4vci/authorization/routes.ts'
import { metadataRoutes } from './openid4vci/metadata/routes.ts'
import { createProtocolTokens } from './openid4vci/protocol-tokens.ts'
import { protocolRoutes } from './openid4vci/routes.ts'
import { createIssuers } from './organisations/issuers.ts'
import { renewKeys } from './organisations/renew-keys.ts'
import { organisationRoutes } from './organisations/routes.ts'
import { problems } from './problems.ts'
import { correctionRoutes, replacementRoutes } from './replacements/routes.ts'
import { purgeExpired } from './retention/purge.ts'
import type { Runtime } from './runtime.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { prepareStatements } from './statements.ts'
import { createStatusListPublisher } from './status-lists/publisher.ts'
import { statusListRoutes } from './status-lists/routes.ts'
import { createStatusIndexes } from './status-lists/status-indexes.ts'
import * as tables from './tables.ts'

type Logger = ReturnType<typeof createLogger>

export interface IssuerOptions {
  readonly clock?: Clock
  readonly logger?: Logger
}

/** Builds the issuer; `close` on the result ends everything that was opened here. */
export async function buildIssuer(
  config: IssuerConfig,
  {
    clock = systemClock,
    logger = createLogger({ service: 'issuer', level: config.LOG_LEVEL }),
  }: IssuerOptions = {},
): Promise<App> {
  const outbound = createOutbound({ config, logger, clock })
  const runtime = await openRuntime({ config, clock, logger, outbound })
  const { database } = runtime
  const app = await createService({
    name: 'issuer',
    version: '0.1.0',
    config,
    problems,
    openapi: apiDescription,
    accessTokens: await createAccessTokenVerifier({ config, clock, fetch: outbound.fetch }),
    readiness: [databaseReadiness(database)],
    logger,
  })
  await app.register(organisationRoutes, { runtime, prefix: '/v1' })
  const prefix = '/v1/organisations/:organisation'
  await app.register(achievementRoutes, { runtime, prefix })
  await app.register(delegationRoutes, { runtime, prefix })
  await app.register(compositeRoutes, { runtime, prefix })
  await app.register(catalogueRoutes, { runtime })
  await app.register(awardRoutes, { runtime, prefix })
  await app.register(exportRoutes, { runtime, prefix })
  await app.register(listExportRoutes, { runtime, prefix })
  await app.register(offerRoutes, { runtime, prefix })
  await app.register(clientRoutes, { runtime, prefix })
  await app.register(signInRoutes, { runtime, prefix })
  await app.register(correctionRoutes, { runtime, prefix })
  await app.register(importRoutes, { runtime, prefix })
  await app.register(bulkRoutes, { runtime, prefix })
  await app.register(signedRoutes, { runtime, prefix })
  await app.register(jobRoutes, { runtime, prefix })
  await app.register(metadataRoutes, { runtime })
  await app.register(offerReferenceRoutes, { runtime })
  await app.register(statusListRoutes, { runtime })
  await app.register(replacementRoutes, { runtime })
  await app.register(callbackRoutes, { runtime })
  await app.register(protocolRoutes, { runtime, prefix: '/:organisation' })

  const stopBackgroundWork = startBackgroundWork(runtime, logger)
  app.addHook('onClose', async () => {
    await stopBackgroundWork()
    await outbound.close()
    await database.close()
  })
  return app
}

const handlers = {
  import: runImport,
  offers: runBulk,
  status: runBulk,
  reissue: runBulk,
  signing: runSigning,
}

/** Work that no request waits for, on one replica at a time. Answers how to stop it. */
function startBackgroundWork(runtime: Runtime, logger: Logger): () => Promise<void> {
  const { database } = runtime
  const work = [
    { name: 'purge expired', seconds: 300, run: () => purgeExpired(runtime) },
    { name: 'settle composites', seconds: 60, run: () => settleOpenRequests(runtime, logger) },
    { name: 'renew keys', seconds: 3_600, run: () => renewKeys(runtime) },
  ]
  const running = work.map((schedule) => every({ ...schedule, database, logger }))
  const worker = startJobWorker({ runtime, logger, handlers })
  return async () => {
    await Promise.all([worker, ...running].map((each) => each.stop()))
  }
}

async function openRuntime({
  config,
  clock,
  logger,
  outbound,
}: {
  readonly config: IssuerConfig
  readonly clock: Clock
  readonly logger: Logger
  readonly outbound: Outbound
}): Promise<Runtime> {
  // What can fail without a database comes first: then nothing has to be closed again.
  const vault = openVault({ config, service: 'issuer' })
  const authority = await openCertificateAuthority(config)
  const trustAnchors = await loadTrustAnchors(config)
  const database = await openDatabase({
    config,
    service: 'issuer',
    migrationsFolder: findMigrationsFolder(import.meta.dirname),
    tables,
    logger,
  })
  return {
    config,
    clock,
    database,
    statements: prepareStatements(database),
    vault,
    authority,
    issuers: createIssuers({ database, vault, clock, publicUrl: config.PUBLIC_URL }),
    definitions: createDefinitionCache({ database, clock }),
    offerSecrets: openOfferSecrets(vault),
    authorizationCodes: openAuthorizationCodes(vault),
    outbound,
    protocolTokens: createProtocolTokens(vault),
    holderKeyMac: vault.mac('credentials/holder-key'),
    importRowMac: vault.mac('imports/rows'),
    jobBell: createJobBell(),
    trustAnchors,
    verifier: createVerifierClient({ config, outbound, clock }),
    statusIndexes: createStatusIndexes({
      database,
      vault,
      clock,
      listSize: config.STATUS_LIST_SIZE,
    }),
    statusLists: createStatusListPublisher({
      database,
      clock,
      intervalSeconds: config.STATUS_LIST_INTERVAL_SECONDS,
      lifetimeSeconds: config.STATUS_LIST_LIFETIME_SECONDS,
    }),
  }
}
