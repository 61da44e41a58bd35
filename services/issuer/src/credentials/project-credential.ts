import {
  type AwardRecord,
  buildDidJwk,
  defaultLegalCategory,
  type Loss,
  learningCredentialVct,
  type PublicJwk,
  projectElm,
  projectLearningCredential,
  projectLegalCategory,
  projectMicroCredential,
  projectOpenBadge,
  projectVerifiedSkill,
  type RulebookFormat,
  rulebookTypeIntegrity,
  rulebookVcts,
} from '@mikromerit/credentials'
import { type CredentialFormat, elmContextPath } from '../openid4vci/metadata/configurations.ts'
import type { Issuer } from '../organisations/issuers.ts'
import { buildSingleStatusEntry, buildStatusEntries } from '../status-lists/list-views.ts'
import type { StatusEntry } from '../status-lists/status-indexes.ts'

/** One copy: what it is called, whom it is bound to, and where its status stands. */
export interface CredentialCopy {
  /** `urn:uuid:…` */
  readonly id: string
  /** Absent in a copy that is bound to nobody's key. */
  readonly holderKey?: PublicJwk
  readonly status: StatusEntry
}

export interface ProjectCredentialOptions {
  readonly issuer: Pick<Issuer, 'identifier' | 'settings'>
  /** Where this service publishes its JSON-LD context. */
  readonly publicUrl: string
  readonly issuedAt: Date
  /** Absent when only a preview is wanted: nothing is bound then. */
  readonly copy?: CredentialCopy
}

/** What an award says in one format, before it is signed. */
export type ProjectedCredential =
  | {
      readonly kind: 'sd_jwt_vc'
      readonly vct: string
      readonly claims: Readonly<Record<string, unknown>>
      readonly disclosable: readonly string[]
      readonly losses: readonly Loss[]
    }
  | {
      readonly kind: 'elm' | 'open_badge'
      readonly credential: Readonly<Record<string, unknown>>
      readonly losses: readonly Loss[]
    }

type Project = (record: AwardRecord, options: ProjectCredentialOptions) => ProjectedCredential

const rulebookProjections = {
  webuild_micro_credential: projectMicroCredential,
  webuild_verified_skill: projectVerifiedSkill,
} as const

const projectRulebook =
  (format: RulebookFormat): Project =>
  (record, { issuer: { identifier: issuer, settings } }) => {
    const { claims: legalCategoryClaims } = settings.legalCategory ?? defaultLegalCategory
    const projected = rulebookProjections[format](record, { issuer, legalCategoryClaims })
    // An offer of it is refused, and an award never changes.
    if (!projected.ok)
      throw new Error(`An award was offered in a format it has not: ${projected.code}`)
    return {
      kind: 'sd_jwt_vc',
      vct: rulebookVcts[format],
      ...projected.value,
      claims: { ...projected.value.claims, 'vct#integrity': rulebookTypeIntegrity(format) },
    }
  }

const projections: Readonly<Record<CredentialFormat, Project>> = {
  sd_jwt_vc: (record, { issuer }) => {
    const projected = projectLearningCredential(record, { issuer: issuer.identifier })
    // Under the names the organisation chose and no others: two claims must never contradict each other.
    const { category: _, ...claims } = projected.claims
    const category = projectLegalCategory(issuer.settings.legalCategory ?? defaultLegalCategory)
    return {
      kind: 'sd_jwt_vc',
      vct: learningCredentialVct,
      ...projected,
      claims: { ...claims, ...category },
    }
  },
  elm: (record, { issuer, publicUrl, issuedAt, copy }) => ({
    kind: 'elm',
    ...projectElm(record, {
      issuer: issuer.identifier,
      issuedAt,
      contextUrl: `${publicUrl}${elmContextPath}`,
      ...(copy && { credentialId: copy.id, status: buildStatusEntries(issuer, copy.status) }),
    }),
  }),
  open_badge: (record, { issuer, issuedAt, copy }) => ({
    kind: 'open_badge',
    ...projectOpenBadge(record, {
      issuer: issuer.identifier,
      validFrom: issuedAt,
      ...(copy && {
        credentialId: copy.id,
        // Open Badges forbids other claims than its own, `cnf` too: the subject is named by its key.
        ...(copy.holderKey && { subjectId: buildDidJwk(copy.holderKey) }),
        status: buildSingleStatusEntry(issuer, copy.status),
      }),
    }),
  }),
  webuild_micro_credential: projectRulebook('webuild_micro_credential'),
  webuild_verified_skill: projectRulebook('webuild_verified_skill'),
}

/** Projects an award onto a format of ours: the one way, for what is signed and for what is only shown before. */
export const projectCredential = (
  record: AwardRecord,
  format: CredentialFormat,
  options: ProjectCredentialOptions,
): ProjectedCredential => projections[format](record, options)
