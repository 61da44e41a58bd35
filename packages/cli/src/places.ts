import { resolve } from 'node:path'

/** Where the three services answer; base URLs without a trailing slash. */
export interface ServiceUrls {
  readonly issuer: string
  readonly wallet: string
  readonly verifier: string
}

export const readServiceUrls = (env: NodeJS.ProcessEnv): ServiceUrls => ({
  issuer: env.ISSUER_URL ?? 'http://localhost:3001',
  wallet: env.WALLET_URL ?? 'http://localhost:3002',
  verifier: env.VERIFIER_URL ?? 'http://localhost:3003',
})

export const readDataDir = (env: NodeJS.ProcessEnv) => resolve(env.DATA_DIR ?? '.data')
