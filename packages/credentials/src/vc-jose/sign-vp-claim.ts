import { toNumericDate } from './date-time.ts'
import { credentialsV1Context } from './read-credential.ts'
import { signCompact } from './sign-vc-jwt.ts'
import type { VcSigner } from './vc-signer.ts'

export interface SignVpClaimOptions {
  /** VC-JWTs as they were received. */
  readonly credentials: readonly string[]
  readonly holder?: string
  readonly signer: VcSigner
  readonly request: { readonly audience: string; readonly nonce: string }
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/**
 * Signs a presentation of the older data model, as verifiers of `jwt_vc_json` that know no other expect it: a JWT with a
 * `vp` claim (OpenID4VP 1.0, B.1.3.1.5; VCDM 1.1, 6.3.1). For credentials of that model only.
 */
export function signVpClaimJwt(options: SignVpClaimOptions): Promise<string> {
  const { credentials, holder, signer, request, issuedAt, expiresAt } = options
  return signCompact(signer, {
    header: { typ: 'JWT', alg: signer.alg, kid: holder === undefined ? signer.kid : `${holder}#0` },
    payload: {
      ...(holder !== undefined && { iss: holder }),
      aud: request.audience,
      nonce: request.nonce,
      iat: toNumericDate(issuedAt),
      nbf: toNumericDate(issuedAt),
      exp: toNumericDate(expiresAt),
      vp: {
        '@context': [credentialsV1Context],
        type: ['VerifiablePresentation'],
        verifiableCredential: credentials,
      },
    },
  })
}
