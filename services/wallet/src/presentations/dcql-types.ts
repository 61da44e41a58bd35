import type { ClaimPath } from '../claims/claim-path.ts'

/** A DCQL query that passed checkDcqlQuery (OpenID4VP 6); unknown members are gone. */
export interface DcqlQueryObject {
  readonly credentials: readonly DcqlCredentialQuery[]
  readonly credential_sets?: readonly DcqlCredentialSet[]
}

export interface DcqlCredentialQuery {
  readonly id: string
  readonly format: string
  /** For dc+sd-jwt only. */
  readonly vct_values: readonly string[]
  /** For vc+jwt and jwt_vc_json only: alternatives, each of types that must all be there. */
  readonly type_values?: readonly (readonly string[])[]
  /** Whether several credentials may answer it (OpenID4VP 6.1). */
  readonly multiple?: boolean
  readonly claims?: readonly DcqlClaim[]
  readonly claim_sets?: readonly (readonly string[])[]
  readonly trusted_authorities?: readonly {
    readonly type: string
    readonly values: readonly string[]
  }[]
  readonly require_cryptographic_holder_binding?: boolean
}

interface DcqlClaim {
  readonly id?: string
  readonly path: ClaimPath
  readonly values?: readonly (string | number | boolean)[]
}

export interface DcqlCredentialSet {
  readonly options: readonly (readonly string[])[]
  readonly required: boolean
  readonly purpose?: unknown
}
