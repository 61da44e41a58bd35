import { expect, it } from 'vitest'
import { readDataDir, readServiceUrls } from './places.ts'

it('expects the services at their default ports', () => {
  expect(readServiceUrls({})).toEqual({
    issuer: 'http://localhost:3001',
    wallet: 'http://localhost:3002',
    verifier: 'http://localhost:3003',
  })
})

it('takes addresses from the environment, without a slash at the end', () => {
  const urls = readServiceUrls({ ISSUER_URL: 'https://issuer.example.se/', WALLET_URL: '' })
  expect(urls.issuer).toBe('https://issuer.example.se')
  expect(urls.wallet).toBe('http://localhost:3002')
})

it.each(['localhost:3001', 'ftp://issuer.example.se', 'issuer'])(
  'refuses %s by the name of its variable',
  (url) => {
    expect(() => readServiceUrls({ VERIFIER_URL: url })).toThrow(/^VERIFIER_URL must be/)
  },
)

it('takes the data folder relative to where the command runs', () => {
  expect(readDataDir({})).toBe(`${process.cwd()}/.data`)
  expect(readDataDir({ DATA_DIR: '/var/mikromerit' })).toBe('/var/mikromerit')
})
