import { isObject } from '../jose/json.ts'
import { parseNumericDate } from './date-time.ts'

/**
 * The credential of a `vc` claim, with what the data model 1.1 lets the JWT's own claims stand in for (VCDM 1.1,
 * 6.3.1): `iss`, `jti`, `sub`, `nbf`, `exp`. A property that is there stays, to be compared with its claim.
 */
export function readLegacyCredential(
  vc: Readonly<Record<string, unknown>>,
  payload: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    ...(payload.jti !== undefined && { id: payload.jti }),
    ...(payload.nbf !== undefined && { issuanceDate: toDateTime(payload.nbf) }),
    ...(payload.exp !== undefined && { expirationDate: toDateTime(payload.exp) }),
    ...vc,
    issuer: readIssuer(vc.issuer, payload.iss),
    credentialSubject: readSubject(vc.credentialSubject, payload.sub),
  }
}

/** The claim is the identifier; an object without one keeps its name and address. */
const readIssuer = (issuer: unknown, iss: unknown) =>
  isObject(issuer) && iss !== undefined ? { id: iss, ...issuer } : (issuer ?? iss)

function readSubject(subject: unknown, sub: unknown): unknown {
  const [only, ...others] = Array.isArray(subject) ? subject : [subject]
  return isObject(only) && others.length === 0 && sub !== undefined ? { id: sub, ...only } : subject
}

/** What is no date stays as it is, to be refused. */
const toDateTime = (value: unknown): unknown => {
  const date = parseNumericDate(value)
  return date ? date.toISOString() : value
}
