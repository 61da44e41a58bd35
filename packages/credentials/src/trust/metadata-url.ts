/**
 * Where an issuer publishes its metadata (SD-JWT VC, "JWT VC Issuer Metadata"): inserted before the path, whose last slash
 * goes. The guarded client refuses http outside development.
 */
export function metadataUrl(issuer: string): string | undefined {
  const url = URL.parse(issuer)
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    return undefined
  return `${url.origin}/.well-known/jwt-vc-issuer${url.pathname.replace(/\/$/, '')}`
}
