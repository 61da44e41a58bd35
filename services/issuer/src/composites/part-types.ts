import { learningCredentialVct, rulebookVcts } from '@mikromerit/credentials'

/** A VC-JWT that can be a part: its type, and where it names its definition. A VC 2.0 answers as `jwt_vc_json` too (ADR 5). */
export interface WholeFormat {
  readonly suffix: string
  readonly type: string
  readonly definition: readonly (string | null)[]
}

const wholeFormats: readonly WholeFormat[] = [
  {
    suffix: '-elm',
    type: 'EuropeanDigitalCredential',
    definition: ['credentialSubject', 'hasClaim', null, 'specifiedBy', 'id'],
  },
  {
    suffix: '-badge',
    type: 'OpenBadgeCredential',
    definition: ['credentialSubject', 'achievement', 'id'],
  },
]

export const optionalClaims = ['givenName', 'workload', 'levels', 'skills', 'fields'] as const
export type OptionalClaim = (typeof optionalClaims)[number]

/** An SD-JWT VC that can be a part, and what it calls the claims that are asked for. */
export interface SdJwtType {
  readonly suffix: string
  readonly vct: string
  readonly definition: string
  /** Whose it is, and which award: one award counts once, and all must be one learner's. */
  readonly always: Readonly<Record<'family_name' | 'award', string>>
  /** What the rules may look at; what a type always shows, or never has, is not asked for. */
  readonly optional: Partial<Readonly<Record<OptionalClaim, string>>>
}

const learningCredential: SdJwtType = {
  suffix: '',
  vct: learningCredentialVct,
  definition: 'achievement_id',
  always: { family_name: 'family_name', award: 'award_id' },
  optional: {
    givenName: 'given_name',
    workload: 'notional_workload',
    levels: 'levels',
    skills: 'skills',
    fields: 'fields_of_education',
  },
}

const ofRulebooks = {
  definition: 'achievementId',
  always: { family_name: 'familyName', award: 'identifier' },
} as const

/** In the order in which there is room for them: the SD-JWT VC that everybody issues, then what is shown whole. */
export const partTypes: readonly (SdJwtType | WholeFormat)[] = [
  learningCredential,
  ...wholeFormats,
  {
    ...ofRulebooks,
    suffix: '-micro',
    vct: rulebookVcts.webuild_micro_credential,
    optional: {
      givenName: 'givenName',
      workload: 'notionalWorkload',
      skills: 'escoReference',
      fields: 'fieldOfEducation',
    },
  },
  {
    ...ofRulebooks,
    suffix: '-skill',
    vct: rulebookVcts.webuild_verified_skill,
    optional: { givenName: 'givenName', workload: 'studyLoadHours', skills: 'escoReference' },
  },
]
