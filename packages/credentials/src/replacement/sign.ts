import { signJws } from '../jose/jws.ts'
import type { Signer } from '../jose/signer.ts'
import type { ReplacementReason } from './reasons.ts'

/** The media type a replacement statement is served with. */
export const replacementMediaType = 'application/replacement+jwt'

export interface BuildReplacementOptions {
  /** The Credential Issuer Identifier. */
  readonly issuer: string
  /** The UUID of the credential that was replaced: its `jti` or `id` without `urn:uuid:`. */
  readonly credentialId: string
  readonly replacedAt: Date
  readonly reason: ReplacementReason
  readonly replacedBy: {
    /** The UUID of the award that took its place. */
    readonly awardId: string
    /** UUIDs of the credentials signed from it so far. */
    readonly credentialIds: readonly string[]
  }
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** What a replacement statement says (docs/reference/replacements.md): this credential gave way to that award, and why. */
export function buildReplacement(options: BuildReplacementOptions) {
  const { issuer, credentialId, replacedAt, reason, replacedBy, issuedAt, expiresAt } = options
  return {
    iss: issuer,
    iat: toNumericDate(issuedAt),
    exp: toNumericDate(expiresAt),
    sub: toUrn(credentialId),
    replaced_at: toNumericDate(replacedAt),
    reason,
    replaced_by: {
      award: toUrn(replacedBy.awardId),
      credentials: replacedBy.credentialIds.map(toUrn),
    },
  }
}

/** Signs a replacement statement as `replacement+jwt`, with the signer's certificate chain. */
export const signReplacement = (
  options: BuildReplacementOptions & { readonly signer: Signer },
): Promise<string> =>
  signJws({
    header: { typ: 'replacement+jwt' },
    payload: buildReplacement(options),
    signer: options.signer,
    includeX5c: true,
  })

const toUrn = (id: string) => `urn:uuid:${id.toLowerCase()}`

const toNumericDate = (date: Date) => Math.floor(date.getTime() / 1000)
