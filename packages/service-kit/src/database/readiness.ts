import type { ReadinessCheck } from '../service/health.ts'
import type { Database } from './database.ts'

/** For createService's `readiness`: unavailable while the database does not answer. */
export const databaseReadiness = (database: Pick<Database, 'ping'>): ReadinessCheck => ({
  name: 'database',
  check: async () => {
    await database.ping()
    return undefined
  },
})
