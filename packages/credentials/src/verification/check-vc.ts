import { X509Certificate } from 'node:crypto'
import { normaliseElm } from '../formats/elm/normalise-elm.ts'
import type { MicroCredential } from '../formats/micro-credential.ts'
import { normaliseOpenBadge } from '../formats/open-badge/normalise-open-badge.ts'
import { vcAlgorithms, verifyVcSignature } from '../vc-jose/algorithms.ts'
import { isKnownContext, matchesTypes } from '../vc-jose/expand-types.ts'
import { parseVcJwt, type VcJwt } from '../vc-jose/parse-vc-jwt.ts'
import type { CredentialFacts } from '../vc-jose/read-credential.ts'
import { skewOf } from './check-credential.ts'
import { type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { VerificationContext } from './context.ts'
import type { ResolvedKeys } from './resolve-keys.ts'

export function checkVcFormat(token: string): CheckResult<VcJwt> {
  const parsed = parseVcJwt(token)
  if (!parsed.ok) return invalid('format_invalid', { format: 'vc_jwt', cause: parsed.code })
  const { envelope, facts } = parsed.value
  const evidence = { format: 'vc_jwt', envelope, dataModel: facts.dataModel }
  return valid('format_valid', { value: parsed.value, evidence })
}

const readAlgorithms: ReadonlySet<string> = new Set(vcAlgorithms)

/** Signatures that others make in earnest: not being able to check one accuses nobody. */
const otherAlgorithms: ReadonlySet<string> = new Set(
  'Ed25519 ES256K ML-DSA-44 ML-DSA-65 ML-DSA-87 PS256 PS384 PS512 RS384 RS512'.split(' '),
)

/** S-05: the key fixes the algorithm. `none` and what needs a shared secret are no signatures, whoever's the key is. */
export function checkVcSignature(
  { jws }: VcJwt,
  resolved: ResolvedKeys | undefined,
): CheckResult<true> {
  const { alg, x5c } = jws.header
  if (otherAlgorithms.has(alg)) return undetermined('algorithm_unsupported', { alg })
  if (!readAlgorithms.has(alg)) return invalid('signature_invalid')
  if (resolved) {
    return resolved.keys.some((key) => verifyVcSignature(jws, key))
      ? valid('signature_valid', { value: true })
      : invalid('signature_invalid')
  }
  // Without a trusted key the certificate in the token still tells whether the token was altered.
  const leaf = x5c?.[0]
  const isAltered =
    leaf !== undefined &&
    !verifyVcSignature(jws, new X509Certificate(Buffer.from(leaf, 'base64')).publicKey)
  return isAltered ? invalid('signature_invalid') : undetermined('signature_not_checked')
}

export function checkVcType(
  { types }: Pick<CredentialFacts, 'types'>,
  { acceptedTypes }: VerificationContext,
): CheckResult<undefined> {
  const evidence = { types: types.map((type) => type.slice(0, 300)) }
  return !acceptedTypes || matchesTypes(types, acceptedTypes)
    ? valid('type_accepted', { evidence })
    : invalid('type_not_accepted', evidence)
}

type Times = Partial<
  Pick<VcJwt, 'issuedAt' | 'notBefore' | 'expiresAt'> &
    Pick<CredentialFacts, 'validFrom' | 'validUntil'>
>

/** V-25, V-29: beginnings with a little clock skew, ends with none. `exp` ends the document, `validUntil` what it is about. */
export function checkVcTimes(times: Times, context: VerificationContext): CheckResult<undefined> {
  const { issuedAt, notBefore, expiresAt, validFrom, validUntil } = times
  const { now } = context
  const latest = now.getTime() + skewOf(context) * 1000
  if ([issuedAt, notBefore, validFrom].some((from) => from && from.getTime() > latest))
    return invalid('not_yet_valid')
  if (validUntil && validUntil <= now)
    return invalid('achievement_expired', { validUntil: validUntil.toISOString() })
  if (expiresAt && expiresAt <= now)
    return invalid('expired', { expiredAt: expiresAt.toISOString() })
  return valid('period_valid', {
    evidence: expiresAt ? { expiresAt: expiresAt.toISOString() } : {},
  })
}

const badgeTypes = ['OpenBadgeCredential', 'AchievementCredential']

/** Reads the micro-credential by its exact JSON shape; words of unknown contexts are shown, and not vouched for (S-13). */
export function checkVcContent(
  credential: Readonly<Record<string, unknown>>,
  facts?: Pick<CredentialFacts, 'types' | 'contexts' | 'hasInlineContext'>,
): CheckResult<MicroCredential> {
  const value = readContent(credential, facts?.types ?? [])
  if (!value) return undetermined('content_unknown')
  const unknown = facts?.contexts.filter((context) => !isKnownContext(context)) ?? []
  if (facts?.hasInlineContext || unknown.length > 0)
    return { ...undetermined('context_unknown', { unknownContexts: unknown.length }), value }
  return valid('content_valid', { value })
}

function readContent(
  credential: Readonly<Record<string, unknown>>,
  types: readonly string[],
): MicroCredential | undefined {
  const badge = normaliseOpenBadge(credential)
  if (badge.ok) return badge.value.microCredential
  if (types.some((type) => badgeTypes.includes(type))) return undefined
  const elm = normaliseElm(credential)
  return elm.ok ? elm.value : undefined
}
