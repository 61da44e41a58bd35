import { certificateNames, type Signer } from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import type { VerifierAttestation } from './attestation.ts'
import { didWebOf } from './did-document.ts'
import type { Identities, Identity } from './identities.ts'

/** How a request names us (OpenID4VP 1.0, section 5.9.3); HAIP 1.0 wants the first. */
export const clientIdPrefixes = [
  'x509_hash',
  'x509_san_dns',
  'redirect_uri',
  'decentralized_identifier',
  'verifier_attestation',
] as const
export type ClientIdPrefix = (typeof clientIdPrefixes)[number]

/** Who we are in one request: settled when it is made, so that nothing that changes later touches it (V-35). */
export interface RequestClient {
  readonly prefix: ClientIdPrefix
  /** In full, prefix included: what a wallet's proof must be addressed to (V-15). */
  readonly id: string
  /** What the header `jwt` holds, with the prefix verifier_attestation. */
  readonly attestation?: string
}

export interface ClientOptions {
  readonly identity: Identity
  readonly publicUrl: string
  readonly responseUri: string
  readonly attestation: VerifierAttestation | undefined
  readonly now: Date
}

/**
 * Names us with this prefix.
 * @throws Problem client-id-prefix-unavailable
 */
export function nameClient(prefix: ClientIdPrefix, options: ClientOptions): RequestClient {
  const { identity, publicUrl, responseUri } = options
  if (prefix === 'x509_hash') return { prefix, id: identity.clientId }
  if (prefix === 'x509_san_dns') return { prefix, id: `${prefix}:${findDnsName(options)}` }
  if (prefix === 'redirect_uri') return { prefix, id: `${prefix}:${responseUri}` }
  if (prefix === 'decentralized_identifier')
    return { prefix, id: `${prefix}:${didWebOf(publicUrl)}` }
  const { token, subject } = requireAttestation(options)
  return { prefix, id: `${prefix}:${subject}`, attestation: token }
}

/** Wallets compare the name with the host of the response URI. */
function findDnsName({ identity, publicUrl }: ClientOptions): string {
  const { hostname } = new URL(publicUrl)
  if (!certificateNames(identity.leaf).dns.includes(hostname)) throw unavailable()
  return hostname
}

/** OpenID4VP 12: one that is in force, for our key, and for wherever answers may be sent. */
function requireAttestation({ attestation, identity, now, responseUri }: ClientOptions) {
  if (attestation?.kid !== identity.signer.kid || attestation.expiresAt <= now) throw unavailable()
  const { redirectUris } = attestation
  if (redirectUris && !redirectUris.includes(responseUri)) throw unavailable()
  return attestation
}

const unavailable = (): Problem => new Problem('client-id-prefix-unavailable')

/** What a request object is signed with, and its header says, so that a wallet finds the key. */
export function signingFor({ prefix, id, attestation }: RequestClient, { signer }: Identity) {
  const typ = 'oauth-authz-req+jwt'
  if (prefix === 'decentralized_identifier')
    return {
      header: { typ },
      signer: withKid(signer, `${id.slice(prefix.length + 1)}#${signer.kid}`),
    }
  if (prefix === 'verifier_attestation') return { header: { typ, jwt: attestation }, signer }
  return { header: { typ }, signer, includeX5c: true }
}

const withKid = (signer: Signer, kid: string): Signer => ({
  kid,
  alg: signer.alg,
  publicJwk: signer.publicJwk,
  sign: (input) => signer.sign(input),
})

/**
 * The key that a new request is signed with: the newest, but the one that an attestation is about.
 * @throws Problem client-id-prefix-unavailable
 */
export async function findSigningIdentity(
  {
    identities,
    attestation,
  }: { identities: Identities; attestation: VerifierAttestation | undefined },
  prefix: ClientIdPrefix | undefined,
): Promise<Identity> {
  if (prefix !== 'verifier_attestation') return identities.current()
  const attested = attestation && (await identities.find(attestation.kid))
  if (!attested) throw unavailable()
  return attested
}
