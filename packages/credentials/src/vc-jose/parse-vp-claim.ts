import { isObject } from '../jose/json.ts'
import { type JwsLimits, parseJws } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { checkClaims } from './check-claims.ts'
import { isMediaType, readMediaType } from './media-type.ts'
import { parseVpJwt, type VpJwt, type VpJwtRefusal } from './parse-vp-jwt.ts'
import { credentialsV1Context, isUri, readElements, readTypes } from './read-credential.ts'

/**
 * Takes a presentation apart that answers a query for VC-JWTs: a `vp+jwt`, or the `vp` claim of the older data model,
 * which is how wallets of `jwt_vc_json` answer (OpenID4VP 1.0, B.1.3.1; VCDM 1.1, 6.3.1).
 */
export function parsePresentationJwt(
  token: string,
  limits: JwsLimits = {},
): Result<VpJwt, VpJwtRefusal> {
  const jws = parseJws(token, limits)
  if (!jws.ok) return jws
  const { header, payload } = jws.value
  const isOlder = readMediaType(header.typ) === 'jwt' || header.typ === undefined
  if (!isOlder || !isObject(payload.vp)) return parseVpJwt(token, limits)
  if (!isMediaType(header.cty, ['vp']))
    return refuse('cty_unexpected', 'The token’s cty is not that of a presentation.')
  if (Object.hasOwn(payload, 'vc'))
    return refuse('vc_claim_unexpected', 'The payload holds a vc claim beside the presentation.')
  const { vp, iss } = payload
  if (readElements(vp['@context'])?.[0] !== credentialsV1Context)
    return refuse('context_unexpected', 'The first context is not that of the data model 1.1.')
  if (!readTypes(vp.type)?.includes('VerifiablePresentation'))
    return refuse('presentation_malformed', 'Its type does not hold VerifiablePresentation.')
  const holder = vp.holder ?? iss
  if (holder !== undefined && !isUri(holder))
    return refuse('presentation_malformed', 'Its holder is not a URI.')
  const tokens = readElements(vp.verifiableCredential)
  if (!tokens?.length)
    return refuse('presentation_malformed', 'It holds no credential, or too many.')
  if (!tokens.every((one) => typeof one === 'string'))
    return refuse('credential_unsecured', 'A credential in it is not a JWT.')
  const times = checkClaims(payload, { ...(holder && { issuer: holder }) })
  if (!times.ok) return times
  return accept({
    jws: jws.value,
    ...(holder && { holder }),
    credentials: tokens.map((data) => ({ mediaType: 'application/vc+jwt', data })),
    ...times.value,
  })
}
