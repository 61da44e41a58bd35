import type { Identity } from './identities.ts'

/** The did:web of a service at this address: port escaped, path by colons. */
export function didWebOf(publicUrl: string): string {
  const { host, pathname } = new URL(publicUrl)
  const path = pathname.split('/').filter((part) => part !== '')
  return ['did:web', encodeURIComponent(host), ...path].join(':')
}

/** The DID document with the keys that sign our requests (DID Core 1.0): the newest, and those before it. */
export function buildDidDocument(did: string, identities: readonly Identity[]) {
  const methods = identities.map(({ signer: { kid, publicJwk } }) => ({
    id: `${did}#${kid}`,
    type: 'JsonWebKey' as const,
    controller: did,
    publicKeyJwk: { ...publicJwk, kid, alg: 'ES256', use: 'sig' },
  }))
  const ids = methods.map(({ id }) => id)
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
    id: did,
    verificationMethod: methods,
    authentication: ids,
    assertionMethod: ids,
  }
}
