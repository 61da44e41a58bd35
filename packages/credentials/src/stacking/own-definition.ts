import type { MicroCredential } from '../formats/micro-credential.ts'

/**
 * Whether a credential names a definition that its issuer can speak for: one at the issuer's own origin, where the same
 * service sees to who may award it. Anybody can write the address of another's definition into a credential of theirs.
 */
export function namesOwnDefinition({ achievementId, issuer }: MicroCredential): boolean {
  const definition = URL.parse(achievementId ?? '')
  const speaker = URL.parse(issuer.identifier ?? '')
  // An opaque origin, as of a URN, is nobody's.
  return (
    definition !== null && definition.origin !== 'null' && definition.origin === speaker?.origin
  )
}
