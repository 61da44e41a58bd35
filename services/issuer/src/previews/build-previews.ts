import { type AwardRecord, findRulebookRefusal } from '@mikromerit/credentials'
import {
  type ProjectCredentialOptions,
  type ProjectedCredential,
  projectCredential,
} from '../credentials/project-credential.ts'
import {
  type CredentialFormat,
  credentialFormats,
  isRulebookFormat,
  isSwitchedOn,
} from '../openid4vci/metadata/configurations.ts'
import type { CredentialPreview } from './schemas.ts'

export type PreviewOptions = Pick<ProjectCredentialOptions, 'issuer' | 'publicUrl' | 'issuedAt'>

/** Whether the organisation issues the format, and the award is of its kind. */
const isIssued = (record: AwardRecord, format: CredentialFormat, { issuer }: PreviewOptions) =>
  isSwitchedOn(issuer.settings, format) &&
  !(isRulebookFormat(format) && findRulebookRefusal(record, format))

/** What would be signed of an award in each format, by the very projections that issue it. Nothing is signed. */
export const buildPreviews = (record: AwardRecord, options: PreviewOptions): CredentialPreview[] =>
  credentialFormats
    .filter((format) => isIssued(record, format, options))
    .map((format) => describe(format, projectCredential(record, format, options), options))

function describe(
  format: CredentialFormat,
  projected: ProjectedCredential,
  { issuer }: PreviewOptions,
): CredentialPreview {
  const losses = [...projected.losses]
  if (projected.kind !== 'sd_jwt_vc')
    return { format, mediaType: 'application/vc+jwt', payload: { ...projected.credential }, losses }
  const { vct, claims, disclosable } = projected
  return {
    format,
    mediaType: 'application/dc+sd-jwt',
    payload: { iss: issuer.identifier, vct, ...claims },
    disclosable: [...disclosable],
    losses,
  }
}
