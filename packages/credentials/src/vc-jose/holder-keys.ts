import type { KeyObject } from 'node:crypto'
import { decodeBase64urlText, encodeBase64url } from '../jose/base64url.ts'
import { isObject, parseJsonObject } from '../jose/json.ts'
import type { PublicJwk } from '../jose/jwk.ts'
import { parseVerificationJwk } from './keys.ts'
import type { VcJwt } from './parse-vc-jwt.ts'

/**
 * The key a VC-JWT is bound to: that of `cnf` (RFC 7800), else the one its subject is named by (did:jwk). None when it is
 * bound to nobody, or in a way that is not read here. Only to be used on a credential whose signature holds.
 */
export function findHolderKey({ jws, facts }: Pick<VcJwt, 'jws' | 'facts'>): KeyObject | undefined {
  const { cnf } = jws.payload
  // A cnf that cannot be read still says that the subject's name is not what counts.
  if (cnf !== undefined) return isObject(cnf) ? readKey(cnf.jwk) : undefined
  const [, encoded] = /^did:jwk:([A-Za-z0-9_-]{1,4096})$/.exec(facts.subjectId ?? '') ?? []
  const text = encoded === undefined ? undefined : decodeBase64urlText(encoded)
  const jwk = text === undefined ? undefined : parseJsonObject(text)
  return jwk?.ok ? readKey(jwk.value) : undefined
}

/** The key as an identifier, for subjects of formats without `cnf`: only what it is made of, in a fixed order. */
export const buildDidJwk = ({ x, y }: PublicJwk): string =>
  `did:jwk:${encodeBase64url(JSON.stringify({ kty: 'EC', crv: 'P-256', x, y }))}`

function readKey(jwk: unknown): KeyObject | undefined {
  const key = parseVerificationJwk(jwk)
  return key.ok ? key.value : undefined
}
