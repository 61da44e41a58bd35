import { afterEach, expect, it } from 'vitest'
import { checkService } from '../src/doctor/service-checks.ts'
import { type FakeService, startFakeService } from './fake-service.ts'

let service: FakeService | undefined
afterEach(() => service?.close())

async function startHealthy(headers: Readonly<Record<string, string>> = {}) {
  service = await startFakeService(headers)
  service.documents = {
    '/livez': { status: 'ok' },
    '/readyz': { status: 'ok', checks: [{ name: 'database', status: 'ok' }] },
    '/openapi.json': { servers: [{ url: service.url }] },
  }
  return service
}

const faultsOf = (findings: Awaited<ReturnType<typeof checkService>>) =>
  findings.filter(({ severity }) => severity === 'fault')

it('finds nothing wrong with a healthy service, and says what loopback is good for', async () => {
  const { url } = await startHealthy()
  const findings = await checkService('issuer', url, new Date())

  expect(faultsOf(findings)).toEqual([])
  expect(findings.map(({ what }) => what)).toEqual([
    `${url} answers`,
    'TLS: plain http on loopback',
    'clock: within 1 s of this machine',
    'database: ready',
    `public URL: ${url}`,
  ])
})

it('says how to find a service that does not answer', async () => {
  const [finding, ...others] = await checkService('wallet', 'http://localhost:1', new Date())
  expect(finding?.what).toMatch(/does not answer \(.+\)$/)
  expect(finding?.remedy).toContain('WALLET_URL')
  expect(others).toEqual([])
})

it('notices that something else answers at the address', async () => {
  service = await startFakeService()
  const findings = await checkService('wallet', service.url, new Date())
  expect(findings.map(({ what }) => what)).toEqual([`${service.url} is not the wallet (HTTP 404)`])
})

it('names what is not ready, with its reason and a remedy', async () => {
  const healthy = await startHealthy()
  const checks = [{ name: 'database', status: 'unavailable', reason: 'ECONNREFUSED' }]
  healthy.documents = { ...healthy.documents, '/readyz': { status: 'unavailable', checks } }

  const [fault] = faultsOf(await checkService('issuer', healthy.url, new Date()))
  expect(fault?.what).toBe('database: not ready (ECONNREFUSED)')
  expect(fault?.remedy).toContain('DATABASE_URL')
})

it('notices a clock that is off', async () => {
  const date = new Date(Date.now() - 120_000).toUTCString()
  const { url } = await startHealthy({ date })
  const [fault] = faultsOf(await checkService('issuer', url, new Date()))
  expect(fault?.what).toMatch(/^clock: 12\d s off/)
  expect(fault?.remedy).toContain('NTP')
})

it('notices a service that calls itself something else', async () => {
  const healthy = await startHealthy()
  const servers = [{ url: 'https://issuer.example.se' }]
  healthy.documents = { ...healthy.documents, '/openapi.json': { servers } }

  const findings = await checkService('issuer', healthy.url, new Date())
  const warning = findings.find(({ what }) => what.includes('https://issuer.example.se'))
  expect(warning?.severity).toBe('warning')
  expect(warning?.remedy).toContain('PUBLIC_URL')
})
