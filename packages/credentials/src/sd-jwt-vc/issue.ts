import type { PublicJwk } from '../jose/jwk.ts'
import type { Signer } from '../jose/signer.ts'
import { issueSdJwt } from '../sd-jwt/issue.ts'
import { neverDisclosable } from './registered-claims.ts'

export interface IssueSdJwtVcOptions {
  /** The credential's own claims. Those set below win over them, save `status`, which may be of another mechanism. */
  readonly claims: Readonly<Record<string, unknown>>
  readonly disclosable: readonly string[]
  readonly vct: string
  /** The Credential Issuer Identifier, as `iss`. */
  readonly issuer: string
  /** A unique identifier of this copy, as `jti`. */
  readonly id: string
  readonly issuedAt: Date
  readonly expiresAt?: Date
  /** The key the holder must prove to have (RFC 7800). Absent: whoever has the credential can show it. */
  readonly holderKey?: PublicJwk
  readonly status?: { readonly uri: string; readonly idx: number }
  readonly signer: Signer
}

/**
 * Issues an SD-JWT VC (draft-ietf-oauth-sd-jwt-vc, I-47): `typ` `dc+sd-jwt`, `kid` and certificate
 * chain in the header, `iat` rounded down to the second and never into the future.
 * @throws TypeError when a registered claim that a verifier must always see is listed as disclosable.
 */
export function issueSdJwtVc(options: IssueSdJwtVcOptions): Promise<string> {
  for (const path of options.disclosable) {
    const [name = ''] = path.split('/', 1)
    if (neverDisclosable.has(name)) throw new TypeError(`The claim ${name} must always be visible.`)
  }
  return issueSdJwt({
    header: { typ: 'dc+sd-jwt' },
    payload: {
      ...(options.status && { status: { status_list: options.status } }),
      ...options.claims,
      iss: options.issuer,
      jti: options.id,
      iat: toNumericDate(options.issuedAt),
      ...(options.expiresAt && { exp: toNumericDate(options.expiresAt) }),
      vct: options.vct,
      // Only what the key is made of: `use`, `alg` and `kid` of the proof would be one more way to be recognised.
      ...(options.holderKey && { cnf: { jwk: withoutNames(options.holderKey) } }),
    },
    disclosable: options.disclosable,
    signer: options.signer,
    includeX5c: true,
  })
}

const withoutNames = ({ x, y }: PublicJwk) => ({ kty: 'EC', crv: 'P-256', x, y })

const toNumericDate = (date: Date) => Math.floor(date.getTime() / 1000)
