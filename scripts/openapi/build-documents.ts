import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@mikromerit/service-kit/embedded-postgres'
import type { ServiceName } from '../service-names.ts'

/** A service built in this process, without listening. */
interface BuiltService {
  ready(): PromiseLike<unknown>
  swagger(): object
  close(): PromiseLike<unknown>
}

type Environment = Readonly<Record<string, string>>

const builders: Readonly<Record<ServiceName, (environment: Environment) => Promise<BuiltService>>> =
  {
    issuer: async (environment) => {
      const { buildIssuer, loadIssuerConfig } = await import('../../services/issuer/src/index.ts')
      return buildIssuer(loadIssuerConfig(environment))
    },
    wallet: async (environment) => {
      const { buildWallet, loadWalletConfig } = await import('../../services/wallet/src/index.ts')
      return buildWallet(loadWalletConfig(environment))
    },
    verifier: async (environment) => {
      const { buildVerifier, loadVerifierConfig } = await import(
        '../../services/verifier/src/index.ts'
      )
      return buildVerifier(loadVerifierConfig(environment))
    },
  }

/**
 * The OpenAPI documents as the services serve them with their default configuration. A service opens its
 * database before its routes, so each gets an empty one that is thrown away again.
 */
export async function buildDocuments(names: readonly ServiceName[]): Promise<object[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mikromerit-openapi-'))
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } })
  const documents: object[] = []
  try {
    for (const name of names) {
      const service = await builders[name]({
        LOG_LEVEL: 'silent',
        DATA_DIR: dataDir,
        DATABASE_URL: await postgres.urlFor(name),
      })
      documents.push(await readDocument(service))
    }
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return documents
}

async function readDocument(service: BuiltService): Promise<object> {
  try {
    await service.ready()
    return withServerVariable(service.swagger())
  } finally {
    await service.close()
  }
}

/** A running service names its own address; the document for everybody says that it differs. */
function withServerVariable(document: { servers?: readonly { readonly url: string }[] }): object {
  const publicUrl = document.servers?.[0]?.url ?? 'http://localhost'
  return {
    ...document,
    servers: [
      {
        url: '{publicUrl}',
        description: 'Where the service answers: its PUBLIC_URL',
        variables: { publicUrl: { default: publicUrl } },
      },
    ],
  }
}
