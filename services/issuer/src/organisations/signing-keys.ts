import type { webcrypto } from 'node:crypto'
import { generateSigningKey } from '@mikromerit/credentials'
import type { CertificateAuthority, Vault } from '@mikromerit/service-kit'
import type { signingKeys } from './table.ts'

const dayMs = 86_400_000

/** Makes an ES256 key with its certificate. The private part leaves this function only sealed. */
export async function createSigningKey(
  { vault, authority }: { vault: Vault; authority: CertificateAuthority },
  organisation: { id: string; legalName: string; country: string; identifier: string },
  period: { now: Date; signsFrom: Date; days: number },
): Promise<typeof signingKeys.$inferInsert> {
  const { privateKey, publicJwk, kid } = generateSigningKey()
  const expiresAt = new Date(period.now.getTime() + period.days * dayMs)
  const certificateChain = await authority.issueLeaf({
    publicKey: publicJwk,
    // Wallets look for the host of the issuer, or for the issuer's identifier itself.
    dns: new URL(organisation.identifier).hostname,
    uri: organisation.identifier,
    commonName: organisation.legalName,
    organisation: organisation.legalName,
    country: organisation.country,
    // Issue times are rounded down: the certificate must cover the rounded time too.
    notBefore: new Date(period.now.getTime() - dayMs),
    notAfter: expiresAt,
  })
  return {
    organisationId: organisation.id,
    kid,
    publicJwk,
    privateKey: vault.sealJson(
      privateKey.export({ format: 'jwk' }),
      keyContext(organisation.id, kid),
    ),
    certificateChain,
    signsFrom: period.signsFrom,
    expiresAt,
  }
}

const keyContext = (organisationId: string, kid: string) => `signing-keys/${organisationId}/${kid}`

export const openPrivateKey = (
  vault: Vault,
  key: { organisationId: string; kid: string; privateKey: Buffer },
) => vault.openJson<webcrypto.JsonWebKey>(key.privateKey, keyContext(key.organisationId, key.kid))
