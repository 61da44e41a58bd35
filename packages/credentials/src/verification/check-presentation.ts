import { findHolderKey } from '../vc-jose/holder-keys.ts'
import type { VcJwt } from '../vc-jose/parse-vc-jwt.ts'
import type { VpJwt } from '../vc-jose/parse-vp-jwt.ts'
import { checkVpJwt } from '../vc-jose/verify-vp-jwt.ts'
import { type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { VerificationContext } from './context.ts'

/** V-26: whether whoever the credential is bound to made the presentation it came in, for this request. */
export function checkHolder(
  vc: VcJwt,
  presentation: VpJwt | undefined,
  { keyBinding, now }: VerificationContext,
): CheckResult<undefined> {
  if (!keyBinding) return undetermined('key_binding_not_checked')
  if (!presentation) return invalid('key_binding_invalid', { cause: 'key_binding_missing' })
  const holderKey = findHolderKey(vc)
  if (!holderKey) return invalid('key_binding_invalid', { cause: 'holder_key_missing' })
  const bound = checkVpJwt(presentation, { holderKeys: [holderKey], now, request: keyBinding })
  if (!bound.ok) return invalid('key_binding_invalid', { cause: bound.code })
  const { issuedAt } = bound.value
  // V-29: the nonce makes it fresh; one that says it is old says it was not made for this.
  const age = issuedAt && now.getTime() - issuedAt.getTime()
  return age !== undefined && age > keyBinding.maxAgeSeconds * 1000
    ? invalid('key_binding_invalid', { cause: 'key_binding_time' })
    : valid('key_binding_valid')
}
