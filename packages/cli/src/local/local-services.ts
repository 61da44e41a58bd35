import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { startEmbeddedPostgres } from '@mikromerit/service-kit/embedded-postgres'
import { type ServiceName, serviceNames } from '../service-names.ts'
import { type ServiceProcess, startServiceProcess } from './service-process.ts'

export interface LocalServicesOptions {
  readonly dataDir: string
  readonly ports: Readonly<Record<ServiceName, number>>
  /** Further environment variables for all three. */
  readonly env?: Readonly<Record<string, string>>
  /** Called once when a service ends without having been asked to. */
  readonly onCrash?: (name: ServiceName, exitCode: number | null) => void
}

export interface LocalServices {
  readonly urls: Readonly<Record<ServiceName, string>>
  processId(name: ServiceName): number | undefined
  /** Stops one service for the time of the work, and starts it again afterwards. */
  whileDown<Result>(name: ServiceName, work: () => Promise<Result>): Promise<Result>
  stop(): Promise<void>
}

/**
 * The three built services as processes on this machine, on one embedded PostgreSQL below `dataDir`.
 * @throws Error when a port is taken or a service does not become ready; nothing is left running then.
 */
export async function startLocalServices(options: LocalServicesOptions): Promise<LocalServices> {
  for (const name of serviceNames) await refuseTakenPort(name, options.ports[name])
  await mkdir(options.dataDir, { recursive: true })
  const postgres = await startEmbeddedPostgres({ dataDir: options.dataDir })
  const running = new Map<ServiceName, ServiceProcess>()
  const urls = {
    issuer: `http://localhost:${options.ports.issuer}`,
    wallet: `http://localhost:${options.ports.wallet}`,
    verifier: `http://localhost:${options.ports.verifier}`,
  }

  const start = async (name: ServiceName) => {
    const env = {
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
      HOST: process.env.HOST ?? 'localhost',
      // On one machine a single client address stands for everybody.
      RATE_LIMIT_PER_MINUTE: process.env.RATE_LIMIT_PER_MINUTE ?? '0',
      ...options.env,
      PORT: String(options.ports[name]),
      PUBLIC_URL: urls[name],
      DATA_DIR: options.dataDir,
      DATABASE_URL: await postgres.urlFor(name),
      VERIFIER_URL: urls.verifier,
      VERIFICATION_PAGE_URL: `${urls.verifier}/verify`,
    }
    const onCrash = (code: number | null) => options.onCrash?.(name, code)
    running.set(name, await startServiceProcess({ name, url: urls[name], env, onCrash }))
  }
  const stopOne = async (name: ServiceName) => {
    const service = running.get(name)
    running.delete(name)
    await service?.stop()
  }
  const stop = async () => {
    await Promise.all(serviceNames.map(stopOne))
    await postgres.stop()
  }

  const started = await Promise.allSettled(serviceNames.map(start))
  const failure = started.find((result) => result.status === 'rejected')
  if (failure) {
    await stop()
    throw failure.reason
  }
  return {
    urls,
    processId: (name) => running.get(name)?.pid,
    stop,
    whileDown: async (name, work) => {
      await stopOne(name)
      try {
        return await work()
      } finally {
        await start(name)
      }
    },
  }
}

async function refuseTakenPort(name: ServiceName, port: number) {
  const free = await new Promise<boolean>((answer) => {
    const probe = createServer()
    probe.once('error', () => answer(false))
    probe.listen(port, 'localhost', () => probe.close(() => answer(true)))
  })
  if (free) return
  throw new Error(
    `Port ${port} is taken. Free it, or choose another with ${name.toUpperCase()}_PORT.`,
  )
}
