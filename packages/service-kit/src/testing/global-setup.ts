import type { TestProject } from 'vitest/node'
import { startTestServer } from './test-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** the superuser's connection string of the server that this run's test databases are made on */
    postgresAdminUrl: string
  }
}

/** One PostgreSQL server for a whole test run; startTestDatabase makes databases on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer()
  project.provide('postgresAdminUrl', server.adminUrl)
  return server.stop
}
