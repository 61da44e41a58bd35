import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateSigningKey } from '@mikromerit/credentials'
import { loadTrustAnchors, openDevelopmentAuthority } from '@mikromerit/service-kit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkCredentialIssuer } from '../src/doctor/issuer-checks.ts'
import { type FakeService, startFakeService } from './fake-service.ts'

const organisation = 'exempelverken'
const day = 86_400_000
const now = new Date()
const key = generateSigningKey()
let dataDir: string
let service: FakeService

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mikromerit-doctor-'))
  service = await startFakeService()
})
afterAll(async () => {
  await service.close()
  await rm(dataDir, { recursive: true, force: true })
})

interface Published {
  readonly uri?: string
  readonly daysLeft?: number
  readonly publicKey?: typeof key.publicJwk
  readonly credentialIssuer?: string
}

/** Publishes an issuer's documents, good unless told otherwise, and lets the doctor look at them. */
async function examine(
  published: Published = {},
  anchors = loadTrustAnchors({ DATA_DIR: dataDir }),
) {
  const identifier = `${service.url}/${organisation}`
  const authority = await openDevelopmentAuthority(dataDir)
  const x5c = await authority.issueLeaf({
    publicKey: published.publicKey ?? key.publicJwk,
    commonName: 'Exempelverken AB',
    dns: 'localhost',
    uri: published.uri ?? identifier,
    notBefore: new Date(now.getTime() - 400 * day),
    notAfter: new Date(now.getTime() + (published.daysLeft ?? 365) * day),
  })
  const jwks = { keys: [{ ...key.publicJwk, kid: 'k1', x5c }] }
  service.documents = {
    [`/.well-known/openid-credential-issuer/${organisation}`]: {
      credential_issuer: published.credentialIssuer ?? identifier,
    },
    [`/.well-known/oauth-authorization-server/${organisation}`]: { issuer: identifier },
    [`/.well-known/jwt-vc-issuer/${organisation}`]: { issuer: identifier, jwks },
  }
  const findings = await checkCredentialIssuer({
    baseUrl: service.url,
    publicUrl: service.url,
    organisation,
    anchors: await anchors,
    now,
  })
  return findings.filter(({ severity }) => severity !== 'ok')
}

it('finds nothing wrong with a good issuer', async () => {
  expect(await examine()).toEqual([])
})

it('notices documents that name another issuer', async () => {
  const [finding] = await examine({ credentialIssuer: 'https://issuer.example.se/other' })
  expect(finding?.severity).toBe('fault')
  expect(finding?.what).toMatch(/issuer metadata is missing or names another issuer/)
})

it('warns before a certificate ends, and faults it afterwards', async () => {
  const [soon] = await examine({ daysLeft: 10 })
  expect(soon?.severity).toBe('warning')
  const [ended] = await examine({ daysLeft: -1 })
  expect(ended?.severity).toBe('fault')
  expect(ended?.what).toMatch(/x5c_expired/)
})

it('notices a certificate for another address', async () => {
  const [finding] = await examine({ uri: 'https://issuer.example.se/exempelverken' })
  expect(finding?.what).toMatch(/does not name/)
  expect(finding?.remedy).toContain('PUBLIC_URL')
})

it('notices a certificate for another key', async () => {
  const [finding] = await examine({ publicKey: generateSigningKey().publicJwk })
  expect(finding?.what).toMatch(/for another key/)
})

it('notices an authority that is not among the trust anchors', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'mikromerit-doctor-'))
  try {
    const [finding] = await examine({}, loadTrustAnchors({ DATA_DIR: elsewhere }))
    expect(finding?.what).toMatch(/x5c_untrusted/)
    expect(finding?.remedy).toContain('TRUST_ANCHORS_FILE')
  } finally {
    await rm(elsewhere, { recursive: true, force: true })
  }
})
