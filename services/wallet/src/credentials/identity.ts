import { normaliseCredential } from '../claims/normalise-credential.ts'
import type { OpenCredential } from '../claims/open-credential.ts'

/** Which credential it is, and of which award, as far as it says: kept beside it, so that a list need not open all. */
export interface CredentialIdentity {
  /** `jti` or `id`. */
  readonly credentialId?: string
  readonly awardId?: string
  /** The definition's address. */
  readonly achievementId?: string
}

export function identify(opened: OpenCredential): CredentialIdentity {
  const { awardId, achievementId } = normaliseCredential(opened) ?? {}
  return {
    ...(opened.id === undefined ? {} : { credentialId: opened.id }),
    ...(awardId === undefined ? {} : { awardId }),
    ...(achievementId === undefined ? {} : { achievementId }),
  }
}
