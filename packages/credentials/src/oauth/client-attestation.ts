import { randomUUID } from 'node:crypto'
import { isObject } from '../jose/json.ts'
import { importPublicJwk, jwkThumbprint, type PublicJwk, parsePublicJwk } from '../jose/jwk.ts'
import { parseJws, signJws, verifyJws } from '../jose/jws.ts'
import type { Signer } from '../jose/signer.ts'
import { accept, type Result, refuse } from '../result.ts'
import { isSignedByAttester, type TrustedAttesters } from './attester.ts'
import { type Freshness, isFresh, isInForce, isTokenId } from './freshness.ts'

export type ClientAttestationRefusal =
  | 'attestation_malformed'
  | 'attestation_untrusted'
  | 'attestation_expired'
  | 'attestation_pop_invalid'

export interface VerifyClientAttestationOptions extends Freshness {
  /** The header field `OAuth-Client-Attestation`. */
  readonly attestation: string
  /** The header field `OAuth-Client-Attestation-PoP`. */
  readonly proofOfPossession: string
  /** The authorization server's issuer identifier, not the endpoint. */
  readonly audience: string
  readonly attesters: TrustedAttesters
}

export interface ClientAttestation {
  /** The `sub`: the `client_id` of this wallet. */
  readonly clientId: string
  readonly instanceKey: PublicJwk
  /** RFC 7638 thumbprint of the instance key, to which refresh tokens are bound (I-27). */
  readonly thumbprint: string
  /** Of the proof of possession; the caller records it, so that it works once. */
  readonly jti: string
  /** The challenge the proof of possession answers, which the caller checks. */
  readonly challenge?: string
}

/**
 * Checks a wallet's attestation and its proof of possession (OAuth 2.0 attestation-based client authentication, I-26).
 * `iss` and `nbf`, which drafts before -08 demand, are accepted and never required. Challenge and replay are the caller's.
 */
export function verifyClientAttestation(
  options: VerifyClientAttestationOptions,
): Result<ClientAttestation, ClientAttestationRefusal> {
  const attested = readAttestation(options)
  if (!attested.ok) return attested
  const { clientId, instanceKey } = attested.value
  const proof = parseJws(options.proofOfPossession, { length: 8_192 })
  if (!proof.ok || proof.value.header.typ !== 'oauth-client-attestation-pop+jwt')
    return refuse('attestation_malformed', 'The proof of possession is not one.')
  if (!verifyJws(proof.value, importPublicJwk(instanceKey)))
    return refuse(
      'attestation_pop_invalid',
      'The attested key did not sign the proof of possession.',
    )
  const { aud, jti, iat, iss, challenge } = proof.value.payload
  if (aud !== options.audience || (iss !== undefined && iss !== clientId))
    return refuse(
      'attestation_pop_invalid',
      'The proof of possession is for another server or client.',
    )
  if (!isTokenId(jti) || !isFresh(iat, options) || !isInForce(proof.value.payload, options))
    return refuse('attestation_pop_invalid', 'The proof of possession is not made now, once.')
  if (challenge !== undefined && typeof challenge !== 'string')
    return refuse('attestation_malformed', 'The challenge of a proof of possession is a string.')
  const thumbprint = jwkThumbprint(instanceKey)
  return accept({ clientId, instanceKey, thumbprint, jti, ...(challenge && { challenge }) })
}

function readAttestation(
  options: VerifyClientAttestationOptions,
): Result<{ clientId: string; instanceKey: PublicJwk }, ClientAttestationRefusal> {
  const parsed = parseJws(options.attestation, { length: 65_536 })
  if (!parsed.ok || parsed.value.header.typ !== 'oauth-client-attestation+jwt')
    return refuse('attestation_malformed', 'The client attestation is not one.')
  const { sub, exp, cnf } = parsed.value.payload
  const instanceKey = isObject(cnf) ? parsePublicJwk(cnf.jwk) : undefined
  if (typeof sub !== 'string' || sub === '' || sub.length > 2_000 || !instanceKey?.ok)
    return refuse('attestation_malformed', 'A client attestation names a client and its key.')
  if (!isSignedByAttester(parsed.value, options.attesters, options.now))
    return refuse('attestation_untrusted', 'The client attestation is not of a trusted attester.')
  if (exp === undefined || !isInForce(parsed.value.payload, options))
    return refuse('attestation_expired', 'The client attestation is not in force.')
  return accept({ clientId: sub, instanceKey: instanceKey.value })
}

export interface CreateClientAttestationOptions {
  /** The attester's, with its certificates. */
  readonly signer: Signer
  readonly clientId: string
  readonly instanceKey: PublicJwk
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** Signs what a wallet provider attests about one instance of its wallet. */
export const createClientAttestation = (
  options: CreateClientAttestationOptions,
): Promise<string> => {
  const { kty, crv, x, y } = options.instanceKey
  return signJws({
    header: { typ: 'oauth-client-attestation+jwt' },
    payload: {
      sub: options.clientId,
      iat: toSeconds(options.issuedAt),
      exp: toSeconds(options.expiresAt),
      cnf: { jwk: { kty, crv, x, y } },
    },
    signer: options.signer,
    includeX5c: true,
  })
}

export interface CreateAttestationProofOptions {
  /** The key the attestation names. */
  readonly signer: Signer
  readonly audience: string
  readonly issuedAt: Date
  readonly challenge?: string
}

/** Signs the proof that this instance holds the attested key, for one request. */
export const createAttestationProof = ({
  signer,
  audience,
  issuedAt,
  challenge,
}: CreateAttestationProofOptions): Promise<string> =>
  signJws({
    header: { typ: 'oauth-client-attestation-pop+jwt' },
    payload: {
      aud: audience,
      jti: randomUUID(),
      iat: toSeconds(issuedAt),
      ...(challenge !== undefined && { challenge }),
    },
    signer,
  })

const toSeconds = (at: Date) => Math.floor(at.getTime() / 1000)
