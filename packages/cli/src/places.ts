import { resolve } from 'node:path'
import { UsageError } from './usage-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the three services answer; base URLs without a trailing slash. */
export interface ServiceUrls {
  readonly issuer: string
  readonly wallet: string
  readonly verifier: string
}

/** @throws UsageError for a variable that holds no address. */
export const readServiceUrls = (env: Environment): ServiceUrls => ({
  issuer: readUrl('ISSUER_URL', env, 'http://localhost:3001'),
  wallet: readUrl('WALLET_URL', env, 'http://localhost:3002'),
  verifier: readUrl('VERIFIER_URL', env, 'http://localhost:3003'),
})

export const readDataDir = (env: Environment): string => resolve(env.DATA_DIR || '.data')

function readUrl(name: string, env: Environment, fallback: string): string {
  const url = env[name] || fallback
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url.replace(/\/+$/, '')
  throw new UsageError(`${name} must be an address like ${fallback}.`)
}
