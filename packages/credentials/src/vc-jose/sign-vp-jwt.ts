import { toNumericDate } from './date-time.ts'
import type { EnvelopedCredential } from './parse-vp-jwt.ts'
import { credentialsV2Context } from './read-credential.ts'
import { signCompact } from './sign-vc-jwt.ts'
import type { VcSigner } from './vc-signer.ts'

export interface SignVpJwtOptions {
  /** As they were received. */
  readonly credentials: readonly EnvelopedCredential[]
  readonly holder?: string
  readonly signer: VcSigner
  readonly request?: { readonly audience: string; readonly nonce: string }
  readonly issuedAt: Date
  readonly expiresAt?: Date
}

/** Signs a presentation as `vp+jwt`. The key stands in the header; whose it is, the credentials say. */
export function signVpJwt(options: SignVpJwtOptions): Promise<string> {
  const { credentials, holder, signer, request, issuedAt, expiresAt } = options
  return signCompact(signer, {
    header: { typ: 'vp+jwt', cty: 'vp', alg: signer.alg, kid: signer.kid },
    payload: {
      '@context': [credentialsV2Context],
      type: ['VerifiablePresentation'],
      ...(holder !== undefined && { holder, iss: holder }),
      verifiableCredential: credentials.map(({ mediaType, data }) => ({
        '@context': credentialsV2Context,
        type: 'EnvelopedVerifiableCredential',
        id: `data:${mediaType},${data}`,
      })),
      ...(request && { aud: request.audience, nonce: request.nonce }),
      iat: toNumericDate(issuedAt),
      ...(expiresAt && { exp: toNumericDate(expiresAt) }),
    },
  })
}
