import { isObject, jwkThumbprint, parseJws, parsePublicJwk } from '@mikromerit/credentials'
import { ConfigurationError } from '@mikromerit/service-kit'

/** What somebody whom wallets trust says of us (OpenID4VP 1.0, section 12). Wallets verify it; we only pass it on. */
export interface VerifierAttestation {
  readonly token: string
  readonly subject: string
  /** Thumbprint of the key it is about. */
  readonly kid: string
  readonly expiresAt: Date
  readonly redirectUris?: readonly string[]
}

/**
 * Reads VERIFIER_ATTESTATION.
 * @throws ConfigurationError
 */
export function readAttestation(token: string | undefined): VerifierAttestation | undefined {
  if (token === undefined) return undefined
  const jws = parseJws(token)
  if (!jws.ok || jws.value.header.typ !== 'verifier-attestation+jwt')
    throw fault('must be a JWT of type verifier-attestation+jwt')
  const { sub, exp, cnf, redirect_uris: redirectUris } = jws.value.payload
  const key = parsePublicJwk(isObject(cnf) ? cnf.jwk : undefined)
  if (typeof sub !== 'string' || sub === '' || typeof exp !== 'number' || !key.ok)
    throw fault('must have the claims sub, exp, and cnf with a jwk on P-256')
  const attestation = {
    token,
    subject: sub,
    kid: jwkThumbprint(key.value),
    expiresAt: new Date(exp * 1_000),
  }
  if (redirectUris === undefined) return attestation
  if (!isTexts(redirectUris)) throw fault('has redirect_uris that are not texts')
  return { ...attestation, redirectUris }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

const fault = (what: string) => new ConfigurationError([`VERIFIER_ATTESTATION ${what}`])
