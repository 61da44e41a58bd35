import {
  type AwardRecord,
  learningCredentialVct,
  projectElm,
  projectLearningCredential,
  projectOpenBadge,
} from '@mikromerit/credentials'
import type { CredentialPreview } from './schemas.ts'

export interface PreviewOptions {
  readonly publicUrl: string
  /** The Credential Issuer Identifier of the awarding organisation. */
  readonly issuer: string
  readonly now: Date
}

/** What would be signed of an award in each format, by the very projections that issue it. Nothing is signed. */
export function buildPreviews(
  record: AwardRecord,
  { publicUrl, issuer, now }: PreviewOptions,
): CredentialPreview[] {
  const { claims, disclosable, losses } = projectLearningCredential(record, { issuer })
  const contextUrl = `${publicUrl}/contexts/elm-vc2/v1`
  const elm = projectElm(record, { issuer, issuedAt: now, contextUrl })
  const badge = projectOpenBadge(record, { issuer, validFrom: now })
  return [
    {
      format: 'sd_jwt_vc',
      mediaType: 'application/dc+sd-jwt',
      payload: { iss: issuer, vct: learningCredentialVct, ...claims },
      disclosable,
      losses,
    },
    {
      format: 'elm',
      mediaType: 'application/vc+jwt',
      payload: { ...elm.credential },
      losses: elm.losses,
    },
    {
      format: 'open_badge',
      mediaType: 'application/vc+jwt',
      payload: badge.credential,
      losses: badge.losses,
    },
  ]
}
