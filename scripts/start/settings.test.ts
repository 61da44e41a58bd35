import { expect, it } from 'vitest'
import { readSettings } from './settings.ts'

it('takes the documented ports and folder when nothing is said', () => {
  expect(readSettings([], {}, '/checkout')).toEqual({
    once: false,
    noDemo: false,
    dataDir: '/checkout/.data',
    ports: { issuer: 3001, wallet: 3002, verifier: 3003 },
  })
})

it('takes ports, folder and options from the caller', () => {
  const env = { ISSUER_PORT: '4001', DATA_DIR: '/data' }
  expect(readSettings(['--once', '--no-demo'], env, '/checkout')).toEqual({
    once: true,
    noDemo: true,
    dataDir: '/data',
    ports: { issuer: 4001, wallet: 3002, verifier: 3003 },
  })
})

it.each(['0', '70000', '30.5', 'http'])(
  'refuses the port %s by the name of its variable',
  (port) => {
    expect(() => readSettings([], { WALLET_PORT: port }, '/')).toThrow(/^WALLET_PORT must be/)
  },
)

it('refuses one port for two services', () => {
  expect(() => readSettings([], { ISSUER_PORT: '3003' }, '/')).toThrow(/three different ports/)
})

it('refuses an option it does not know', () => {
  expect(() => readSettings(['--twice'], {}, '/')).toThrow(/--twice/)
})
