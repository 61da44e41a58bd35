/** How a client identifier can be authenticated here (OpenID4VP 5.9); all others are refused. */
export interface ClientIdentifier {
  readonly prefix: 'x509_hash' | 'x509_san_dns' | 'redirect_uri'
  /** What follows the prefix. */
  readonly value: string
}

const prefixes = ['x509_hash', 'x509_san_dns', 'redirect_uri'] as const

/** W-26: an unknown prefix, or none, is not guessed at. */
export function parseClientIdentifier(clientId: string): ClientIdentifier | undefined {
  const colon = clientId.indexOf(':')
  const prefix = prefixes.find((known) => known === clientId.slice(0, colon))
  const value = clientId.slice(colon + 1)
  return prefix === undefined || value === '' ? undefined : { prefix, value }
}
