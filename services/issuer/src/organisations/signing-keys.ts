import { type webcrypto, X509Certificate } from 'node:crypto'
import { generateSigningKey } from '@mikromerit/credentials'
import type { CertificateAuthority, Vault } from '@mikromerit/service-kit'
import { buildIdentifier } from './identifier.ts'
import type { OrganisationProfile } from './schemas.ts'
import type { signingKeys } from './table.ts'

export interface SigningKeyOptions {
  readonly vault: Vault
  readonly authority: CertificateAuthority
  readonly config: { readonly PUBLIC_URL: string; readonly SIGNING_CERTIFICATE_DAYS: number }
}

const dayMs = 86_400_000

/** Makes an ES256 key with its certificate. The private part leaves this function only sealed. */
export async function createSigningKey(
  { vault, authority, config }: SigningKeyOptions,
  organisation: { readonly id: string; readonly profile: OrganisationProfile },
  { now, signsFrom }: { readonly now: Date; readonly signsFrom: Date },
): Promise<typeof signingKeys.$inferInsert> {
  const { id, profile } = organisation
  const { privateKey, publicJwk, kid } = generateSigningKey()
  const identifier = buildIdentifier(config.PUBLIC_URL, id)
  const legalName = profile.legalName.sv ?? Object.values(profile.legalName)[0] ?? id
  const certificateChain = await authority.issueLeaf({
    publicKey: publicJwk,
    // Wallets look for the host of the issuer, or for the issuer's identifier itself.
    dns: new URL(identifier).hostname,
    uri: identifier,
    commonName: legalName,
    organisation: legalName,
    country: profile.country,
    // Issue times are rounded down: the certificate must cover the rounded time too.
    notBefore: new Date(now.getTime() - dayMs),
    notAfter: new Date(signsFrom.getTime() + config.SIGNING_CERTIFICATE_DAYS * dayMs),
  })
  return {
    organisationId: id,
    kid,
    publicJwk,
    privateKey: vault.sealJson(privateKey.export({ format: 'jwk' }), keyContext(id, kid)),
    certificateChain,
    signsFrom,
    expiresAt: readExpiry(certificateChain),
  }
}

/** The authority may end before the time that was asked for; then so does the certificate. */
function readExpiry([leaf]: readonly string[]): Date {
  if (leaf === undefined) throw new TypeError('An authority answers with a certificate')
  return new Date(new X509Certificate(Buffer.from(leaf, 'base64')).validTo)
}

const keyContext = (organisationId: string, kid: string) => `signing-keys/${organisationId}/${kid}`

/** A key with its certificates, the private part sealed. */
export interface SealedSigningKey {
  readonly organisationId: string
  readonly kid: string
  readonly privateKey: Buffer
  readonly certificateChain: readonly string[]
}

export const openPrivateKey = (
  vault: Vault,
  key: Pick<SealedSigningKey, 'organisationId' | 'kid' | 'privateKey'>,
) => vault.openJson<webcrypto.JsonWebKey>(key.privateKey, keyContext(key.organisationId, key.kid))
