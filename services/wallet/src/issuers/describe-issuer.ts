import type { OfferedIssuer } from './issuer-metadata.ts'

export interface IssuerDescription {
  readonly identifier: string
  readonly host: string
  readonly name: string
  readonly logo?: string
}

/** The issuer's own name for itself: a claim, shown beside the host, which is a fact. */
export function describeIssuer(identifier: string, issuer: OfferedIssuer): IssuerDescription {
  const { host } = new URL(identifier)
  const [display] = issuer.metadata.credentialIssuer.display ?? []
  const logo = display?.logo?.uri
  return {
    identifier,
    host,
    name: display?.name?.slice(0, 200) ?? host,
    // W-44: the address only, never fetched here; data: and http: images are left out.
    ...(logo?.startsWith('https://') ? { logo } : {}),
  }
}
