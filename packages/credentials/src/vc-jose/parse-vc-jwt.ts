import { isObject } from '../jose/json.ts'
import { type Jws, type JwsLimits, type JwsRefusal, parseJws } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import {
  type ClaimsRefusal,
  type ClaimTimes,
  checkClaims,
  checkOpenBadgeClaims,
} from './check-claims.ts'
import { readLegacyCredential } from './legacy-credential.ts'
import { isMediaType, readMediaType } from './media-type.ts'
import {
  type CredentialFacts,
  type CredentialRefusal,
  readCredential,
  readTypes,
} from './read-credential.ts'

/** A verifiable credential taken out of its JWT. Nothing in it is true before {@link verifyVcJwt} said so. */
export interface VcJwt extends ClaimTimes {
  readonly jws: Jws
  /**
   * How the JWT carries it: `vc+jwt` (VC-JOSE-COSE), an Open Badge's own profile (Open Badges 3.0, 8.2), or the
   * `vc` claim of the older data model, to be labelled as such.
   */
  readonly envelope: 'vc+jwt' | 'open_badge' | 'vc_claim'
  readonly isOpenBadge: boolean
  /** The credential without what belongs to the JWT alone. */
  readonly credential: Readonly<Record<string, unknown>>
  readonly facts: CredentialFacts
}

export type VcJwtRefusal =
  | JwsRefusal
  | CredentialRefusal
  | ClaimsRefusal
  | 'typ_unexpected'
  | 'cty_unexpected'
  | 'vc_claim_unexpected'

const openBadgeTypes: ReadonlySet<string> = new Set([
  'OpenBadgeCredential',
  'AchievementCredential',
])

/** Takes a VC-JWT apart and checks that envelope and credential agree (V-25, V-27, S-04). Never fetches anything. */
export function parseVcJwt(token: string, limits: JwsLimits = {}): Result<VcJwt, VcJwtRefusal> {
  // European Digital Credentials are nested deeper than tokens otherwise are: some 20 levels.
  const jws = parseJws(token, { depth: 32, ...limits })
  if (!jws.ok) return jws
  const { header, payload } = jws.value
  if (!isMediaType(header.cty, ['vc'])) {
    return refuse('cty_unexpected', 'The token’s cty is not that of a credential.')
  }
  const typ = readMediaType(header.typ)
  if (typ === 'vc+jwt') return parsePayload(jws.value, 'vc+jwt')
  // Only these two: `JWT` says nothing of what the token is for, and neither does its absence.
  if (typ === 'jwt' || header.typ === undefined) {
    if (isObject(payload.vc)) return parseVcClaim(jws.value, payload.vc)
    if (isOpenBadge(readTypes(payload.type))) return parsePayload(jws.value, 'open_badge')
  }
  return refuse('typ_unexpected', 'The token’s typ is not that of a credential.')
}

function parsePayload(jws: Jws, envelope: 'vc+jwt' | 'open_badge'): Result<VcJwt, VcJwtRefusal> {
  const { payload } = jws
  // VC-JOSE-COSE 3.1.3: they must not be there, and whoever reads them would see another credential than we do.
  if (Object.hasOwn(payload, 'vc') || Object.hasOwn(payload, 'vp')) {
    return refuse('vc_claim_unexpected', 'The payload holds a vc or vp claim.')
  }
  const facts = readCredential(payload)
  if (!facts.ok) return facts
  if (envelope === 'vc+jwt' && facts.value.dataModel !== '2.0') {
    return refuse('context_unexpected', 'A vc+jwt must follow version 2 of the data model.')
  }
  return assemble(jws, envelope, withoutJwtClaims(payload), facts.value)
}

function parseVcClaim(jws: Jws, vc: Record<string, unknown>): Result<VcJwt, VcJwtRefusal> {
  if (Object.hasOwn(jws.payload, 'vp')) {
    return refuse('vc_claim_unexpected', 'The payload holds a vp claim beside the credential.')
  }
  const credential = readLegacyCredential(vc, jws.payload)
  const facts = readCredential(credential)
  if (!facts.ok) return facts
  if (facts.value.dataModel !== '1.1') {
    return refuse('context_unexpected', 'Only version 1 of the data model has a vc claim.')
  }
  return assemble(jws, 'vc_claim', credential, facts.value)
}

function assemble(
  jws: Jws,
  envelope: VcJwt['envelope'],
  credential: Readonly<Record<string, unknown>>,
  facts: CredentialFacts,
): Result<VcJwt, VcJwtRefusal> {
  const times = checkClaims(jws.payload, facts)
  if (!times.ok) return times
  const isBadge = isOpenBadge(facts.types)
  if (isBadge) {
    const checked = checkOpenBadgeClaims(jws.payload, facts, times.value, {
      areRequired: envelope !== 'vc+jwt',
    })
    if (!checked.ok) return checked
  }
  return accept({ jws, envelope, isOpenBadge: isBadge, credential, facts, ...times.value })
}

const isOpenBadge = (types: readonly string[] | undefined): boolean =>
  types?.some((type) => openBadgeTypes.has(type)) ?? false

const jwtClaims: ReadonlySet<string> = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'cnf',
  'nonce',
])

const withoutJwtClaims = (payload: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(payload).filter(([name]) => !jwtClaims.has(name)))
