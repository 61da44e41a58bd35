import { setTimeout as sleep } from 'node:timers/promises'
import { createAccessTokenVerifier } from '../src/access/verifier.ts'
import { systemClock } from '../src/clock.ts'
import { loadConfig } from '../src/configuration/load.ts'
import { kitConfigSchema } from '../src/configuration/schema.ts'
import { defineProblems } from '../src/problems/problem.ts'
import { createService } from '../src/service/create-service.ts'
import { startService } from '../src/service/start-service.ts'

/** A service whose one answer takes a second: what a process does when it is told to stop meanwhile. */
await startService({
  name: 'slow',
  loadConfig: () => loadConfig(kitConfigSchema, process.env),
  build: async (config) => {
    if (process.env.FAIL === 'yes') throw new Error('The database is not there')
    const app = await createService({
      name: 'slow',
      version: '1.0.0',
      config,
      problems: defineProblems({}),
      openapi: { title: 'Slow', description: 'For tests', tags: [] },
      accessTokens: await createAccessTokenVerifier({ config, clock: systemClock, fetch }),
    })
    app.get('/slow', { config: { public: true } }, async () => {
      process.stdout.write('{"msg":"asked"}\n')
      await sleep(1_000)
      return { done: true }
    })
    app.addHook('onClose', async () => {
      process.stdout.write('{"msg":"closed"}\n')
    })
    return app
  },
})
