import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { ServiceName } from '../service-names.ts'

export interface Settings {
  /** End after the main job. */
  readonly once: boolean
  /** Only start the services. */
  readonly noDemo: boolean
  readonly dataDir: string
  readonly ports: Readonly<Record<ServiceName, number>>
}

/**
 * What `npm start` was asked to do.
 * @throws Error whose message says what is wrong with an option or a variable.
 */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      'no-demo': { type: 'boolean', default: false },
    },
  })
  return {
    once: values.once,
    noDemo: values['no-demo'],
    dataDir: resolve(root, env.DATA_DIR || '.data'),
    ports: readPorts(env),
  }
}

function readPorts(env: Readonly<Record<string, string | undefined>>): Settings['ports'] {
  const ports = {
    issuer: readPort('ISSUER_PORT', env, 3001),
    wallet: readPort('WALLET_PORT', env, 3002),
    verifier: readPort('VERIFIER_PORT', env, 3003),
  }
  if (new Set(Object.values(ports)).size < 3) {
    throw new Error('ISSUER_PORT, WALLET_PORT and VERIFIER_PORT must be three different ports.')
  }
  return ports
}

function readPort(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  fallback: number,
): number {
  const port = Number(env[name] || fallback)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${name} must be a port number from 1 to 65535.`)
}
