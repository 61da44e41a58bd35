import { fastify } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '../database/database.ts'
import { databaseReadiness } from '../database/readiness.ts'
import { ProblemDetails } from '../problems/schemas.ts'
import { type ReadinessCheck, registerHealth } from './health.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const readinessOf = async (...checks: ReadinessCheck[]) => {
  const app = fastify()
  closing.push(() => app.close())
  app.addSchema(ProblemDetails)
  registerHealth(app, checks)
  const response = await app.inject('/readyz')
  return { status: response.statusCode, checks: response.json().checks }
}

describe('/readyz', () => {
  it('says which database error keeps the service from answering, and no address', async () => {
    const database = connectDatabase({
      url: 'postgres://planterad:hemlig@127.0.0.1:1/x',
      applicationName: 'test',
      poolSize: 1,
    })
    closing.push(() => database.close())
    const readiness = await readinessOf(databaseReadiness(database))
    expect(readiness).toEqual({
      status: 503,
      checks: [{ name: 'database', status: 'unavailable', reason: 'ECONNREFUSED' }],
    })
  })

  it('does not wait for what does not answer', async () => {
    const never = { name: 'slow', check: () => new Promise<never>(() => undefined) }
    const { status, checks } = await readinessOf(never, {
      name: 'good',
      check: async () => undefined,
    })
    expect(status).toBe(503)
    expect(checks).toEqual([
      { name: 'slow', status: 'unavailable', reason: 'no answer in time' },
      { name: 'good', status: 'ok' },
    ])
  })

  it('repeats no message of what is thrown', async () => {
    const check = async () => {
      throw new Error('hemlig')
    }
    const { checks } = await readinessOf({ name: 'secret', check })
    expect(checks).toEqual([{ name: 'secret', status: 'unavailable', reason: 'failed' }])
  })
})
