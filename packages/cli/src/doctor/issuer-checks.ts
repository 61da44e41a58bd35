import type { X509Certificate } from 'node:crypto'
import { verifyCertificatePath } from '@mikromerit/credentials'
import { type Finding, fault, ok, warning } from './finding.ts'
import { get } from './service-checks.ts'

const soon = 30 * 24 * 60 * 60 * 1000

type Documents = Record<string, unknown>

/** Looks at one Credential Issuer as a wallet and a verifier would: its documents, its keys, its certificates. */
export async function checkCredentialIssuer(
  issuerUrl: string,
  organisation: string,
  anchors: readonly X509Certificate[],
  now: Date,
): Promise<Finding[]> {
  const identifier = `${issuerUrl}/${organisation}`
  const metadata = await readWellKnown(issuerUrl, 'openid-credential-issuer', organisation)
  const server = await readWellKnown(issuerUrl, 'oauth-authorization-server', organisation)
  const keys = await readWellKnown(issuerUrl, 'jwt-vc-issuer', organisation)
  return [
    checkIdentifier('issuer metadata', metadata, 'credential_issuer', identifier),
    checkIdentifier('authorization server metadata', server, 'issuer', identifier),
    checkIdentifier('jwt-vc-issuer metadata', keys, 'issuer', identifier),
    ...checkKeys(organisation, keys, anchors, now),
  ]
}

async function readWellKnown(issuerUrl: string, name: string, organisation: string) {
  const { response } = await get(`${issuerUrl}/.well-known/${name}/${organisation}`)
  return (await response?.json().catch(() => undefined)) as Documents | undefined
}

function checkIdentifier(
  title: string,
  document: Documents | undefined,
  member: string,
  identifier: string,
): Finding {
  if (document?.[member] === identifier) return ok(`${identifier}: ${title}`)
  const remedy = 'Route /.well-known/ of this host to the issuer, and check its PUBLIC_URL.'
  return fault(`${identifier}: ${title} is missing or names another issuer`, remedy)
}

function checkKeys(
  organisation: string,
  document: Documents | undefined,
  anchors: readonly X509Certificate[],
  now: Date,
): Finding[] {
  const jwks = document?.jwks as { keys?: { kid?: string; x5c?: string[] }[] } | undefined
  if (!jwks?.keys?.length)
    return [fault(`${organisation}: no public key`, 'Create the organisation again.')]
  return jwks.keys.map(({ kid, x5c }) => {
    const key = `${organisation}: key ${kid ?? 'without kid'}`
    if (!x5c) return warning(`${key} has no certificate`, 'Wallets that follow HAIP need one.')
    const path = verifyCertificatePath({ x5c, anchors, at: now })
    if (!path.ok) {
      return fault(
        `${key}: the certificate path does not hold (${path.code})`,
        remedyFor(path.code),
      )
    }
    const expiry = new Date(path.value.leaf.validTo)
    return expiry.getTime() - now.getTime() < soon
      ? warning(`${key}: the certificate ends ${expiry.toISOString()}`, 'Renew it before then.')
      : ok(`${key}: certificate holds until ${expiry.toISOString().slice(0, 10)}`)
  })
}

const remedyFor = (code: string) =>
  code === 'x5c_untrusted'
    ? 'Add the authority’s anchor to TRUST_ANCHORS_FILE, or run with the DATA_DIR of the services.'
    : 'Have the issuer’s certificate renewed.'
