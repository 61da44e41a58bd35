import { mkdtemp } from 'node:fs/promises'
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

export const makeDataDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'mikromerit-wallet-'))
