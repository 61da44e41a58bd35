import { execFile } from 'node:child_process'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LeafPublicKey, LeafRequest } from './authority.ts'
import { openDevelopmentAuthority } from './development-authority.ts'
import { loadTrustAnchors, openCertificateAuthority } from './open-authority.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mikromerit-certificates-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

const aPublicKey = (): LeafPublicKey => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty = '', crv = '', x = '', y = '' } = publicKey.export({ format: 'jwk' })
  return { kty, crv, x, y }
}

const aRequest = (rest: Partial<LeafRequest> = {}): LeafRequest => ({
  publicKey: aPublicKey(),
  commonName: 'RISE',
  dns: 'localhost',
  uri: 'http://localhost:3001/ri-se',
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
  ...rest,
})

const parse = (x5c: readonly string[]) =>
  x5c.map((der) => new X509Certificate(Buffer.from(der, 'base64')))

async function issue(rest: Partial<LeafRequest> = {}) {
  const authority = await openDevelopmentAuthority(dataDir)
  const [leaf, issuer, ...others] = parse(await authority.issueLeaf(aRequest(rest)))
  const [anchor] = await loadTrustAnchors({ DATA_DIR: dataDir })
  if (!leaf || !issuer || !anchor) throw new Error('the chain is incomplete')
  return { leaf, issuer, anchor, others }
}

describe('the development authority', () => {
  it('is one and the same for services that start at once', async () => {
    const folder = join(dataDir, 'race')
    const authorities = await Promise.all(
      Array.from({ length: 4 }, () => openDevelopmentAuthority(folder)),
    )
    const chains = await Promise.all(
      authorities.map((authority) => authority.issueLeaf(aRequest())),
    )
    expect(new Set(chains.map(([, issuer]) => issuer)).size).toBe(1)
    const [anchor] = await loadTrustAnchors({ DATA_DIR: folder })
    for (const [, issuer] of chains.map(parse))
      expect(anchor && issuer?.verify(anchor.publicKey)).toBe(true)
  })

  it('keeps its key readable by its owner only, its certificates by everyone', async () => {
    await issue()
    const mode = async (name: string) =>
      (await stat(join(dataDir, 'development', name))).mode & 0o777
    expect(await mode('issuing-ca-key.pem')).toBe(0o600)
    expect(await readFile(join(dataDir, 'development/ca-anchor.pem'), 'utf8')).not.toContain('KEY')
    expect(await readFile(join(dataDir, 'development/issuing-ca.pem'), 'utf8')).not.toContain('KEY')
  })
})

describe('issueLeaf', () => {
  it('answers leaf and issuing CA, never the anchor', async () => {
    const { leaf, issuer, anchor, others } = await issue()
    expect(others).toEqual([])
    expect(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey)).toBe(true)
    expect(issuer.checkIssued(anchor) && issuer.verify(anchor.publicKey)).toBe(true)
    expect([leaf.ca, issuer.ca, anchor.ca]).toEqual([false, true, true])
    expect(issuer.fingerprint256).not.toBe(anchor.fingerprint256)
  })

  it('certifies the given key, names and period', async () => {
    const publicKey = aPublicKey()
    const { leaf } = await issue({ publicKey })
    expect(leaf.publicKey.export({ format: 'jwk' })).toEqual(publicKey)
    expect(leaf.subjectAltName).toBe('DNS:localhost, URI:http://localhost:3001/ri-se')
    expect(leaf.validFromDate).toEqual(new Date('2026-01-01T00:00:00Z'))
    expect(leaf.validToDate).toEqual(new Date('2027-01-01T00:00:00Z'))
  })

  it('takes a name as it is: no comma or quote in it makes another name', async () => {
    const commonName = 'A, O=Evil, "B"+CN=C\\ #åäö'
    const { leaf } = await issue({ commonName, organisation: 'Läroverket "X"', country: 'SE' })
    // node:crypto types the legacy object loosely.
    const { subject } = leaf.toLegacyObject() as unknown as { subject: Record<string, string> }
    expect({ ...subject }).toEqual({ C: 'SE', O: 'Läroverket "X"', CN: commonName })
  })

  it('never outlives its authority, and gives each certificate its own serial number', async () => {
    const { leaf, issuer } = await issue({ notAfter: new Date('2060-01-01T00:00:00Z') })
    expect(leaf.validToDate).toEqual(issuer.validToDate)
    const other = await issue()
    expect(leaf.serialNumber).not.toBe(other.leaf.serialNumber)
    expect(leaf.serialNumber).toHaveLength(32)
  })

  it('satisfies openssl', async () => {
    const { leaf } = await issue()
    await writeFile(join(dataDir, 'leaf.pem'), leaf.toString())
    const file = (name: string) => join(dataDir, name)
    const run = promisify(execFile)
    const installed = await run('openssl', ['version']).catch(() => undefined)
    if (!installed) return
    const { stdout } = await run('openssl', [
      ...['verify', '-x509_strict', '-CAfile', file('development/ca-anchor.pem')],
      ...['-untrusted', file('development/issuing-ca.pem'), file('leaf.pem')],
    ])
    expect(stdout).toContain('OK')
    const { stdout: text } = await run('openssl', [
      'x509',
      '-in',
      file('leaf.pem'),
      '-noout',
      '-text',
    ])
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\s/)
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/)
  })
})

describe('in production', () => {
  it('demands an authority and trusts no development anchor', async () => {
    const config = { NODE_ENV: 'production', DATA_DIR: dataDir }
    await expect(openCertificateAuthority(config)).rejects.toThrow('ISSUING_CA_CERTIFICATE_FILE')
    expect(await loadTrustAnchors(config)).toEqual([])
  })

  it('issues from the configured files and leaves the anchor out of x5c', async () => {
    const development = join(dataDir, 'development')
    const both = join(dataDir, 'chain.pem')
    const read = (name: string) => readFile(join(development, name), 'utf8')
    await writeFile(both, (await read('issuing-ca.pem')) + (await read('ca-anchor.pem')))
    const authority = await openCertificateAuthority({
      NODE_ENV: 'production',
      DATA_DIR: '/nonexistent',
      ISSUING_CA_CERTIFICATE_FILE: both,
      ISSUING_CA_KEY_FILE: join(development, 'issuing-ca-key.pem'),
    })
    expect(await authority.issueLeaf(aRequest())).toHaveLength(2)
  })

  it('refuses a key that is not the certificate’s', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = join(dataDir, 'other-key.pem')
    await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const attempt = openCertificateAuthority({
      DATA_DIR: dataDir,
      ISSUING_CA_CERTIFICATE_FILE: join(dataDir, 'development/issuing-ca.pem'),
      ISSUING_CA_KEY_FILE: key,
    })
    await expect(attempt).rejects.toThrow('do not belong together')
  })
})

describe('loadTrustAnchors', () => {
  it('adds a PEM bundle to the development anchor, and refuses a file without certificates', async () => {
    const bundle = join(dataDir, 'bundle.pem')
    const pem = await readFile(join(dataDir, 'development/issuing-ca.pem'), 'utf8')
    await writeFile(bundle, `# first\n${pem}# second\n${pem}`)
    const config = { DATA_DIR: dataDir, TRUST_ANCHORS_FILE: bundle }
    expect(await loadTrustAnchors(config)).toHaveLength(3)
    await writeFile(bundle, 'nothing here')
    await expect(loadTrustAnchors(config)).rejects.toThrow('TRUST_ANCHORS_FILE')
  })
})
