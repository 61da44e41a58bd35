import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectDatabase, type Database } from '../database/database.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { every } from './every.ts'

let server: TestServer
let database: Database
beforeAll(async () => {
  server = await startTestServer()
  database = connectDatabase({ url: server.adminUrl, applicationName: 'test', poolSize: 10 })
})
afterAll(async () => {
  await database.close()
  await server.stop()
})

const seconds = 0.01

describe('every', () => {
  it('runs again and again until it is stopped', async () => {
    const run = vi.fn(async () => undefined)
    const schedule = every({ name: 'again', seconds, database, run })
    await vi.waitFor(() => expect(run.mock.calls.length).toBeGreaterThan(2))
    await schedule.stop()
    const runs = run.mock.calls.length
    await pause(50)
    expect(run).toHaveBeenCalledTimes(runs)
  })

  it('runs on one replica at a time', async () => {
    let running = 0
    let most = 0
    let runs = 0
    const run = async () => {
      running += 1
      most = Math.max(most, running)
      await pause(15)
      running -= 1
      runs += 1
    }
    const replicas = Array.from({ length: 4 }, () => every({ name: 'one', seconds, database, run }))
    await vi.waitFor(() => expect(runs).toBeGreaterThan(3))
    await Promise.all(replicas.map((replica) => replica.stop()))
    expect(most).toBe(1)
  })

  it('waits for the run under way when it stops', async () => {
    let isDone = false
    let isBegun = false
    const schedule = every({
      name: 'wait',
      seconds,
      database,
      run: async () => {
        isBegun = true
        await pause(60)
        isDone = true
      },
    })
    await vi.waitFor(() => expect(isBegun).toBe(true))
    await schedule.stop()
    expect(isDone).toBe(true)
  })

  it('logs a failing run and goes on', async () => {
    const logger = { error: vi.fn() }
    const run = vi.fn().mockRejectedValueOnce(new Error('broken')).mockResolvedValue(undefined)
    const schedule = every({ name: 'fail', seconds, database, run, logger })
    await vi.waitFor(() => expect(run.mock.calls.length).toBeGreaterThan(1))
    await schedule.stop()
    expect(logger.error).toHaveBeenCalledTimes(1)
  })
})
