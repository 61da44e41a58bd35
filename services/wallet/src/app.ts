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
  openDatabase,
  openVault,
  systemClock,
} from '@mikromerit/service-kit'
import type { FastifyPluginAsync } from 'fastify'
import { createBackgroundWork } from './background-work.ts'
import type { WalletConfig } from './config.ts'
import type { WalletContext } from './context.ts'
import { credentialRoutes } from './credentials/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { historyRoutes } from './history/routes.ts'
import { holderRoutes } from './holders/routes.ts'
import { createMetadataCache } from './issuers/metadata-cache.ts'
import { offerRoutes } from './offers/routes.ts'
import { apiDescription } from './openapi.ts'
import { portfolioRoutes } from './portfolio/routes.ts'
import { presentationRoutes } from './presentations/routes.ts'
import { problems } from './problems.ts'
import { progressRoutes } from './progress/routes.ts'
import { allowInsecureUrls } from './protocol/insecure-urls.ts'
import { recordRoutes } from './records/routes.ts'
import { purgeExpired } from './retention/purge.ts'
import { shareRoutes } from './shares/routes.ts'
import { createStatusLists } from './statuses/status-lists.ts'
import * as tables from './tables.ts'

type Logger = ReturnType<typeof createLogger>

export interface WalletOptions {
  readonly clock?: Clock
  readonly logger?: Logger
}

/** Builds the wallet; `close` on the result ends everything that was opened here. */
export async function buildWallet(
  config: WalletConfig,
  {
    clock = systemClock,
    logger = createLogger({ service: 'wallet', level: config.LOG_LEVEL }),
  }: WalletOptions = {},
): Promise<App> {
  allowInsecureUrls(config)
  const context = await openContext(config, clock, logger)
  const { database, outbound, background } = context
  const app = await createService({
    name: 'wallet',
    version: '0.1.0',
    config,
    problems,
    openapi: apiDescription,
    accessTokens: await createAccessTokenVerifier({ config, clock, fetch: outbound.fetch }),
    readiness: [databaseReadiness(database)],
    logger,
  })
  await app.register(walletRoutes, { context })

  const purge = every({
    name: 'purge expired',
    seconds: 300,
    database,
    run: () => purgeExpired(context),
    logger,
  })
  app.addHook('onClose', async () => {
    await purge.stop()
    await background.settle()
    await outbound.close()
    await database.close()
  })
  return app
}

const walletRoutes: FastifyPluginAsync<{ context: WalletContext }> = async (app, { context }) => {
  // Everything here is about one person: no cache keeps it.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  await app.register(offerRoutes, { context })
  await app.register(credentialRoutes, { context })
  await app.register(presentationRoutes, { context })
  await app.register(historyRoutes, { context })
  await app.register(holderRoutes, { context })
  await app.register(shareRoutes, { context })
  await app.register(exportRoutes, { context })
  await app.register(recordRoutes, { context })
  await app.register(portfolioRoutes, { context })
  await app.register(progressRoutes, { context })
}

async function openContext(
  config: WalletConfig,
  clock: Clock,
  logger: Logger,
): Promise<WalletContext> {
  // What can fail without a database comes first: then nothing has to be closed again.
  const vault = openVault({ config, service: 'wallet' })
  const anchors = await loadTrustAnchors(config)
  const database = await openDatabase({
    config,
    service: 'wallet',
    migrationsFolder: findMigrationsFolder(import.meta.dirname),
    tables,
    logger,
  })
  const background = createBackgroundWork((work, error) =>
    logger.warn({ work, error }, 'background work failed'),
  )
  const outbound = createOutbound({ config, logger, clock })
  return {
    config,
    database,
    vault,
    outbound,
    clock,
    anchors,
    background,
    issuerMetadata: createMetadataCache(clock),
    statusLists: createStatusLists(outbound, clock),
    refreshing: new Set(),
  }
}
