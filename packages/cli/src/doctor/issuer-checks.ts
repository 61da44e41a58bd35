import type { X509Certificate } from 'node:crypto'
import {
  certificateNames,
  importPublicJwk,
  parsePublicJwk,
  verifyCertificatePath,
} from '@mikromerit/credentials'
import { type Finding, fault, ok, warning } from './finding.ts'
import { getJson } from './http.ts'

const soonMs = 30 * 24 * 60 * 60 * 1000

export interface CredentialIssuerOptions {
  /** Where the issuer is reached from here. */
  readonly baseUrl: string
  /** What it calls itself: the beginning of all its identifiers. */
  readonly publicUrl: string
  readonly organisation: string
  readonly anchors: readonly X509Certificate[]
  readonly now: Date
}

type Documents = Readonly<Record<string, unknown>>

/** Looks at one Credential Issuer as a wallet and a verifier would: its documents, its keys, its certificates. */
export async function checkCredentialIssuer(options: CredentialIssuerOptions): Promise<Finding[]> {
  const { baseUrl, publicUrl, organisation } = options
  const identifier = `${publicUrl}/${organisation}`
  const read = (name: string) => getJson(`${baseUrl}/.well-known/${name}/${organisation}`)
  const metadata = await read('openid-credential-issuer')
  const server = await read('oauth-authorization-server')
  const keys = await read('jwt-vc-issuer')
  return [
    checkIdentifier('issuer metadata', metadata?.credential_issuer, identifier),
    checkIdentifier('authorization server metadata', server?.issuer, identifier),
    checkIdentifier('jwt-vc-issuer metadata', keys?.issuer, identifier),
    ...checkKeys(options, identifier, keys),
  ]
}

function checkIdentifier(title: string, named: unknown, identifier: string): Finding {
  if (named === identifier) return ok(`${identifier}: ${title}`)
  const remedy = 'Route /.well-known/ of this host to the issuer, and check its PUBLIC_URL.'
  return fault(`${identifier}: ${title} is missing or names another issuer`, remedy)
}

function checkKeys(
  options: CredentialIssuerOptions,
  identifier: string,
  document: Documents | undefined,
): Finding[] {
  // From the issuer; each key is parsed before it is used.
  const jwks = document?.jwks as { keys?: unknown } | undefined
  if (!Array.isArray(jwks?.keys) || jwks.keys.length === 0) {
    const remedy = 'Restart the issuer; if it stays so, its database lacks the signing key.'
    return [fault(`${options.organisation}: no public key`, remedy)]
  }
  return jwks.keys.map((key) => checkKey(options, identifier, key))
}

function checkKey(options: CredentialIssuerOptions, identifier: string, value: unknown): Finding {
  const { organisation, anchors, now } = options
  const { kid, x5c } = Object(value)
  const key = `${organisation}: key ${typeof kid === 'string' ? kid : 'without kid'}`
  const jwk = parsePublicJwk(value)
  if (!jwk.ok) return fault(`${key} cannot be used (${jwk.code})`, 'Replace the signing key.')
  if (!Array.isArray(x5c)) {
    return warning(`${key} has no certificate`, 'Wallets that follow HAIP need one.')
  }
  const path = verifyCertificatePath({ x5c, anchors, at: now })
  if (!path.ok) {
    return fault(`${key}: the certificate path does not hold (${path.code})`, remedyFor(path.code))
  }
  const { leaf } = path.value
  if (!leaf.publicKey.equals(importPublicJwk(jwk.value))) {
    return fault(`${key}: the certificate is for another key`, renew)
  }
  return checkNames(key, identifier, leaf) ?? checkExpiry(`${key}: the certificate`, leaf, now)
}

/** Wallets compare the certificate's names with the issuer of the credential. */
function checkNames(key: string, identifier: string, leaf: X509Certificate): Finding | undefined {
  const { dns, uris } = certificateNames(leaf)
  if (uris.includes(identifier) && dns.includes(new URL(identifier).hostname)) return undefined
  return fault(`${key}: the certificate does not name ${identifier}`, renew)
}

const renew = 'Have the certificate of the signing key renewed for the present PUBLIC_URL.'

/** How long a certificate lasts, and what to do when that is not long. */
export function checkExpiry(what: string, { validToDate }: X509Certificate, now: Date): Finding {
  const day = validToDate.toISOString().slice(0, 10)
  const left = validToDate.getTime() - now.getTime()
  if (left < 0) return fault(`${what} ended ${day}`, 'Renew it now.')
  if (left < soonMs) return warning(`${what} ends ${day}`, 'Renew it before then.')
  return ok(`${what} holds until ${day}`)
}

function remedyFor(code: string): string {
  if (code === 'x5c_untrusted') {
    return 'Add the authority’s anchor to TRUST_ANCHORS_FILE, or run this with the DATA_DIR of the services.'
  }
  return renew
}
