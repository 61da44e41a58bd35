import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSoftwareSigner, generateSigningKey, type Signer } from '@mikromerit/credentials'
import { openDevelopmentAuthority } from '@mikromerit/service-kit'

export interface CertifiedNames {
  readonly dns?: string
  readonly uri?: string
  readonly commonName?: string
  readonly notBefore?: Date
  readonly notAfter?: Date
}

/** A signer certified by the development authority of a data directory: whoever trusts that, trusts it. */
export async function createCertifiedSigner(
  dataDir: string,
  { commonName = 'Third party', ...names }: CertifiedNames,
): Promise<Signer> {
  const authority = await openDevelopmentAuthority(dataDir)
  const { privateKey, publicJwk } = generateSigningKey()
  const x5c = await authority.issueLeaf({
    publicKey: publicJwk,
    commonName,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    ...names,
  })
  return createSoftwareSigner({ privateKey, x5c })
}

/** A data directory of this test process, with an authority of its own; removed when the process ends. */
export async function makeDataDir(): Promise<string> {
  const made = mkdtempSync(join(tmpdir(), 'mikromerit-wallet-'))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  return made
}
