/** The two ways an answer comes back: posted to a response URI, or through a browser (OpenID4VP 8.2, appendix A). */
export const responseModes = ['direct_post.jwt', 'direct_post', 'dc_api.jwt', 'dc_api'] as const
export type ResponseMode = (typeof responseModes)[number]

export const isEncrypted = (mode: ResponseMode): boolean => mode.endsWith('.jwt')

export const isForBrowsers = (mode: ResponseMode): boolean => mode.startsWith('dc_api')

/** The mode of the request behind a link or QR code: also there when browsers are asked, for those that cannot. */
export const directPostMode = (mode: ResponseMode): ResponseMode =>
  isEncrypted(mode) ? 'direct_post.jwt' : 'direct_post'
