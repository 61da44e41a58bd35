import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { createFileOnce, readFileIfThere } from '../protection/private-file.ts'
import { type CertificateAuthority, createAuthority } from './authority.ts'
import { splitPem } from './pem.ts'

// Wide, so that tests with a fixed clock find it valid; RFC 5280 4.1.2.5 UTCTime ends with 2049.
const notBefore = new Date('2020-01-01T00:00:00Z')
const notAfter = new Date('2049-12-31T23:59:59Z')

/**
 * The authority of a development checkout, made once under DATA_DIR/development and shared by the
 * services: `ca-anchor.pem` is what others trust, `issuing-ca.pem` signs, `issuing-ca-key.pem` holds
 * both and the issuing key. The anchor's own key is thrown away.
 */
export async function openDevelopmentAuthority(dataDir: string): Promise<CertificateAuthority> {
  const { issuingCa, privateKey } = await openDevelopmentFiles(dataDir)
  return createAuthority(issuingCa, privateKey)
}

/** The PEM of the development trust anchor, made when it is not there yet. */
export async function openDevelopmentAnchor(dataDir: string): Promise<string> {
  const { anchor } = await openDevelopmentFiles(dataDir)
  return anchor
}

async function openDevelopmentFiles(dataDir: string) {
  const folder = join(dataDir, 'development')
  const keyFile = join(folder, 'issuing-ca-key.pem')
  // One file decides: when three services start at once, all take the authority written first.
  const bundle = readFileIfThere(keyFile) ?? createFileOnce(keyFile, await createBundle())
  const [issuingCa = '', anchor = ''] = splitPem(bundle).map((pem) => `${pem}\n`)
  const readable = 0o644
  for (const [name, content] of [
    ['ca-anchor.pem', anchor],
    ['issuing-ca.pem', issuingCa],
  ] as const)
    if (readFileIfThere(join(folder, name)) === undefined)
      createFileOnce(join(folder, name), content, readable)
  return { anchor, issuingCa, privateKey: bundle }
}

async function createBundle(): Promise<string> {
  const { buildCertificate, buildName } = await import('./build-certificate.ts')
  const anchorKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuingKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subject = (commonName: string) => ({ commonName, organisation: 'Mikromerit development' })
  const root = subject('Mikromerit development anchor')
  const issuer = { ...anchorKeys, name: buildName(root) }
  const validity = { notBefore, notAfter, issuer }
  const anchor = await buildCertificate({
    ...validity,
    subject: root,
    publicKey: anchorKeys.publicKey,
    authorityDepth: 1,
  })
  const issuingCa = await buildCertificate({
    ...validity,
    subject: subject('Mikromerit development issuing CA'),
    publicKey: issuingKeys.publicKey,
    authorityDepth: 0,
  })
  return `${issuingKeys.privateKey.export({ type: 'pkcs8', format: 'pem' })}${issuingCa}${anchor}`
}
