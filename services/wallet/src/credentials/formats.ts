/**
 * Formats a credential can be held in: an SD-JWT VC, a VC 2.0 secured with JOSE, or the W3C credential in a JWT of
 * OpenID4VCI appendix A.1.1.
 */
export const credentialFormats = ['dc+sd-jwt', 'vc+jwt', 'jwt_vc_json'] as const
export type CredentialFormat = (typeof credentialFormats)[number]

export const isCredentialFormat = (value: unknown): value is CredentialFormat =>
  credentialFormats.some((format) => format === value)
