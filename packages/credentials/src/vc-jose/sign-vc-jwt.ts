import { encodeBase64url } from '../jose/base64url.ts'
import type { PublicJwk } from '../jose/jwk.ts'
import { toNumericDate } from './date-time.ts'
import { type CredentialFacts, readCredential } from './read-credential.ts'
import type { VcSigner } from './vc-signer.ts'

type Credential = Readonly<Record<string, unknown>>

export interface SignVcJwtOptions {
  /** A credential of the data model 2.0. The payload is this object, with the claims of the JWT beside it. */
  readonly credential: Credential
  readonly signer: VcSigner
  readonly issuedAt?: Date
  /** When the signature runs out; the credential itself says so by `validUntil`. */
  readonly expiresAt?: Date
  /** The key the holder must prove to have (RFC 7800). */
  readonly holderKey?: PublicJwk
}

/**
 * Signs a credential as `vc+jwt` (VC-JOSE-COSE 3.1.1, I-54), with the signer's certificate chain when it has one.
 * `iss` stands beside `issuer`, so that `kid` may be the key's short name.
 * @throws TypeError when the credential does not follow the data model 2.0, or has a `vc` or `vp` member.
 */
export function signVcJwt(options: SignVcJwtOptions): Promise<string> {
  const { credential, signer, issuedAt, expiresAt, holderKey } = options
  const { issuer, id } = demandCredential(credential)
  const { alg, kid, x5c } = signer
  return signCompact(signer, {
    header: { typ: 'vc+jwt', cty: 'vc', alg, kid, ...(x5c && { x5c }) },
    payload: {
      ...credential,
      iss: issuer,
      ...(id !== undefined && { jti: id }),
      ...(issuedAt && { iat: toNumericDate(issuedAt) }),
      ...(expiresAt && { exp: toNumericDate(expiresAt) }),
      ...(holderKey && { cnf: { jwk: withoutNames(holderKey) } }),
    },
  })
}

export interface SignOpenBadgeJwtOptions {
  readonly credential: Credential
  readonly signer: VcSigner
  /** Where the public key can be fetched as JWK. Without it the key itself stands in the header. */
  readonly keyUrl?: string
}

/**
 * Signs an Open Badge as Open Badges 3.0 (8.2) demands: the header holds `alg` and `kid` or `jwk` and nothing else.
 * `typ` is left out, which satisfies VC-JOSE-COSE too (I-55).
 * @throws TypeError when the credential lacks a property that a claim must repeat.
 */
export function signOpenBadgeJwt(options: SignOpenBadgeJwtOptions): Promise<string> {
  const { credential, signer, keyUrl } = options
  const { issuer, id, subjectId, validFrom, validUntil } = demandCredential(credential)
  if (id === undefined || subjectId === undefined || !validFrom) {
    throw new TypeError('An Open Badge needs an id, a subject with an id, and validFrom.')
  }
  return signCompact(signer, {
    header: {
      alg: signer.alg,
      ...(keyUrl === undefined ? { jwk: signer.publicJwk } : { kid: keyUrl }),
    },
    payload: {
      ...credential,
      iss: issuer,
      jti: id,
      sub: subjectId,
      nbf: toNumericDate(validFrom),
      ...(validUntil && { exp: toNumericDate(validUntil) }),
    },
  })
}

function demandCredential(credential: Credential): CredentialFacts {
  if (Object.hasOwn(credential, 'vc') || Object.hasOwn(credential, 'vp')) {
    throw new TypeError('A credential of the data model 2.0 has no vc and no vp member.')
  }
  const facts = readCredential(credential)
  if (!facts.ok) throw new TypeError(facts.detail)
  if (facts.value.dataModel !== '2.0') {
    throw new TypeError('Only credentials of the data model 2.0 are signed.')
  }
  return facts.value
}

/** `use`, `alg` and `kid` of the proof would be one more way to be recognised. */
const withoutNames = ({ x, y }: PublicJwk) => ({ kty: 'EC', crv: 'P-256', x, y })

/** The header as given: what Open Badges forbids must not slip in. */
export async function signCompact(
  signer: VcSigner,
  { header, payload }: { readonly header: object; readonly payload: object },
): Promise<string> {
  const input = `${encodeBase64url(JSON.stringify(header))}.${encodeBase64url(JSON.stringify(payload))}`
  return `${input}.${encodeBase64url(await signer.sign(input))}`
}
