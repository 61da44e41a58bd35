import { defineConfig } from 'vitest/config'

// Time limits are there to end what hangs, on the slowest machine; no test measures time.
export default defineConfig({
  test: {
    // PostgreSQL works in processes of its own; one worker alone would leave a small machine half idle.
    maxWorkers: 2,
    // Files share a worker's modules (`isolate: false`): loading them anew for each took more than half of the time.
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          include: [
            'packages/{bench,credentials,client,exchange,service-kit}/{src,test}/**/*.test.ts',
            '{packages/cli,services/*}/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          isolate: false,
          include: ['{packages/cli,services/*}/test/**/*.test.ts'],
          globalSetup: ['packages/service-kit/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['packages/e2e/src/**/*.test.ts'],
          globalSetup: ['packages/e2e/src/built-services.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
