/** Whether an address lies below an issuer's identifier: on one host there may be many issuers. */
export function isBelow(address: string, issuer: string): boolean {
  const [url, home] = [URL.parse(address), URL.parse(issuer)]
  return (
    url !== null &&
    url.origin === home?.origin &&
    url.pathname.startsWith(`${home.pathname.replace(/\/$/, '')}/`)
  )
}
