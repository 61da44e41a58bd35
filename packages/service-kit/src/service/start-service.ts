import closeWithGrace from 'close-with-grace'
import { ConfigurationError } from '../configuration/load.ts'
import type { ServiceConfig } from '../configuration/schema.ts'
import { createLogger } from '../logging/logger.ts'
import type { App } from './create-service.ts'
import { collectProcessMetrics } from './metrics.ts'

export interface StartOptions<Config extends ServiceConfig> {
  readonly name: string
  /** Reads the configuration; a ConfigurationError ends the process with its message. */
  readonly loadConfig: () => Config
  /** Builds the service; what it opened is closed by the instance's `onClose` hooks. */
  readonly build: (config: Config) => Promise<App>
}

/** Milliseconds in which requests under way may finish after the signal to stop. */
const graceMilliseconds = 10_000

/** Starts a service as a process: reads, builds, listens, and on SIGTERM or SIGINT finishes what is under way. */
export async function startService<Config extends ServiceConfig>(
  options: StartOptions<Config>,
): Promise<void> {
  const config = readConfig(options)
  if (!config) return
  const logger = createLogger({ service: options.name, level: config.LOG_LEVEL })
  try {
    const app = await options.build(config)
    collectProcessMetrics(app.metrics)
    closeWithGrace({ delay: graceMilliseconds, logger: false }, async ({ err }) => {
      if (err) logger.fatal({ err }, 'stopping after an unexpected error')
      await app.close()
    })
    const address = await app.listen({ port: config.PORT, host: config.HOST })
    logger.info({ address, publicUrl: config.PUBLIC_URL }, 'listening')
  } catch (err) {
    logger.fatal({ err, reason: describeStart(err) }, 'the service could not start')
    process.exitCode = 1
    // What was opened before the failure must not keep the process alive.
    setTimeout(() => process.exit(1), 100)
  }
}

function readConfig<Config extends ServiceConfig>({
  loadConfig,
}: StartOptions<Config>): Config | undefined {
  try {
    return loadConfig()
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
    return undefined
  }
}

/** Errors at start come before any request, so their message holds configuration and no personal data. */
const describeStart = (error: unknown) => (error instanceof Error ? error.message : String(error))
