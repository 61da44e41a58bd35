import { isObject } from '../../jose/json.ts'
import { readElements } from '../../vc-jose/read-credential.ts'
import { type Loss, loss } from '../loss.ts'
import type { Claims } from '../read-claims.ts'
import { readAlignments } from './read-alignments.ts'
import { genres } from './vocabulary.ts'

const badgeMembers = ['image', 'endorsement', 'endorsementJwt', 'refreshService', 'termsOfUse']

const subjectMembers = [
  'activityStartDate',
  'activityEndDate',
  'licenseNumber',
  'role',
  'term',
  'narrative',
  'image',
]

const achievementMembers = [
  'creator',
  'image',
  'humanCode',
  'otherIdentifier',
  'related',
  'specialization',
  'tag',
  'endorsement',
  'endorsementJwt',
  'educationProgramIdentifier',
  'identityChecked',
]

/** What a badge holds that the normalised model has no place for. */
export function findBadgeLosses(badge: Claims, subject: Claims, achievement: Claims): Loss[] {
  const alignments = readAlignments(achievement)
  const evidence = (readElements(badge.evidence) ?? []).filter(isObject)
  const results = readElements(subject.result) ?? []
  const known: readonly unknown[] = Object.values(genres)
  const pointers = [
    ...present(badge, badgeMembers).map((name) => `/${name}`),
    ...present(subject, subjectMembers).map((name) => `/credentialSubject/${name}`),
    ...present(achievement, achievementMembers).map(
      (name) => `/credentialSubject/achievement/${name}`,
    ),
    ...indexes(alignments, ({ kind }) => kind === 'unknown').map(
      (index) => `/credentialSubject/achievement/alignment/${index}`,
    ),
    ...indexes(evidence, ({ genre }) => !known.includes(genre)).map(
      (index) => `/evidence/${index}`,
    ),
    ...indexes(results, (_, index) => index > 0).map(
      (index) => `/credentialSubject/result/${index}`,
    ),
  ]
  return pointers.map((pointer) => loss('LOSS_NOT_CARRIED', pointer))
}

const present = (claims: Claims, names: readonly string[]) =>
  names.filter((name) => claims[name] !== undefined)

const indexes = <T>(values: readonly T[], isLost: (value: T, index: number) => boolean) =>
  values.flatMap((value, index) => (isLost(value, index) ? [index] : []))
