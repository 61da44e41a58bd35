import { encodeBase64url, type Jws, type StatusSnapshot } from '@mikromerit/credentials'

/** The compact text that a parsed token was read from. */
export const writeJws = ({ signingInput, signature }: Jws): string =>
  `${signingInput}.${encodeBase64url(signature)}`

export const toSnapshot = (
  uri: string,
  kind: StatusSnapshot['kind'],
  fetchedAt: Date,
  list: string,
): StatusSnapshot => ({ uri, kind, fetchedAt: fetchedAt.toISOString(), list })
