import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LocalServices, startLocalServices } from '@mikromerit/cli'
import { createIssuerClient, createVerifierClient, createWalletClient } from '@mikromerit/client'
import { openDevelopmentTokenIssuer } from '@mikromerit/service-kit'

export interface Stack {
  readonly services: LocalServices
  readonly dataDir: string
  /** A typed client of the issuer for an organisation's staff. */
  issuer(organisation?: string): Promise<ReturnType<typeof createIssuerClient>>
  wallet(holder: string): Promise<ReturnType<typeof createWalletClient>>
  verifier(organisation?: string): Promise<ReturnType<typeof createVerifierClient>>
  close(): Promise<void>
}

/** The three services as processes of their own, in a folder and on ports that nobody else uses. */
export async function startStack(env: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mikromerit-e2e-'))
  const [issuer, wallet, verifier] = [await freePort(), await freePort(), await freePort()]
  const services = await startLocalServices({
    dataDir,
    ports: { issuer, wallet, verifier },
    env: { LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '0', ...env },
  })
  const tokens = await openDevelopmentTokenIssuer(dataDir)
  const access = async (scope: string, claims: { organisation?: string; subject?: string }) =>
    tokens.sign({ scope, expiresIn: 600, ...claims })
  return {
    services,
    dataDir,
    issuer: async (organisation) =>
      createIssuerClient({
        baseUrl: services.urls.issuer,
        accessToken: await access(issuerScopes, organisation ? { organisation } : {}),
      }),
    wallet: async (subject) =>
      createWalletClient({
        baseUrl: services.urls.wallet,
        accessToken: await access('wallet', { subject }),
      }),
    verifier: async (organisation = 'arbetsgivaren') =>
      createVerifierClient({
        baseUrl: services.urls.verifier,
        accessToken: await access(verifierScopes, { organisation }),
      }),
    close: async () => {
      await services.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const issuerScopes =
  'organisations:write organisations:read achievements:write achievements:read awards:write awards:read'
const verifierScopes =
  'verifications:write presentation-requests:write presentation-requests:read trust:write trust:read'

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, 'localhost', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
