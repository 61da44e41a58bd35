import { findEuLanguage } from '../../code-lists/eu-authority.ts'
import type { QualityAssurance } from '../../domain/organisation.ts'
import { type Loss, loss } from '../loss.ts'
import { buildEvidenceAccreditations, isCompleteAccreditation } from './build-accreditations.ts'
import { buildIssuer } from './build-issuer.ts'
import { buildLevel } from './build-qualification.ts'
import type { ElmVc11Options } from './elm-options.ts'
import type { ElmRecord } from './elm-record.ts'

/** What a European Digital Credential leaves out of this record or merges. */
export const findElmLosses = (record: ElmRecord, options: ElmVc11Options): Loss[] => [
  ...findRequired(record, options),
  ...findMerged(record),
  ...findUncarriedLearning(record),
  ...findUncarriedAward(record, options),
]

/** What the format demands, and the record does not say. */
function findRequired(record: ElmRecord, { profile }: ElmVc11Options): Loss[] {
  const { organisation, achievement } = record
  const owned = [
    ['/achievement/qualityAssurance', achievement.qualityAssurance],
    ['/organisation/accreditations', organisation.accreditations ?? []],
  ] as const
  const isUnproved = profile === 'accredited' && buildEvidenceAccreditations(record).length === 0
  return [
    ...(buildIssuer(record).eIDASIdentifier === undefined
      ? [loss('LOSS_REQUIRED_CLAIM', '/organisation/identifiers', 'eIDASIdentifier')]
      : []),
    ...(isUnproved
      ? [loss('LOSS_REQUIRED_CLAIM', '/achievement/qualityAssurance', 'evidence')]
      : []),
    ...owned.flatMap(([pointer, assurances]) =>
      assurances.flatMap((assurance, at) =>
        isCompleteAccreditation(assurance)
          ? []
          : [loss('LOSS_REQUIRED_CLAIM', `${pointer}/${at}/agent/country`, 'accreditation')],
      ),
    ),
  ]
}

function findMerged({ achievement }: ElmRecord): Loss[] {
  const { levels = [], participation, partOf = [] } = achievement
  const eqf = levels.flatMap(({ framework }, at) => (framework === 'EQF' ? [at] : []))
  const kinds = new Set(partOf.map(({ isPartialQualification }) => isPartialQualification))
  return [
    ...participation.languages.flatMap((tag, at) =>
      tag.includes('-') && findEuLanguage(tag)
        ? [loss('LOSS_MERGED', `/achievement/participation/languages/${at}`, 'language')]
        : [],
    ),
    ...eqf.slice(1).map((at) => loss('LOSS_MERGED', `/achievement/levels/${at}`, 'eqfLevel')),
    ...(kinds.size > 1
      ? [loss('LOSS_MERGED', '/achievement/partOf', 'isPartialQualification')]
      : []),
  ]
}

function findUncarriedLearning(record: ElmRecord): Loss[] {
  const { achievement, organisation, isPartial } = record
  const { levels = [], participation, credentialValidity, workload } = achievement
  const pointers = [
    ...(['logo', 'kind', 'parentOrganisation'] as const)
      .filter((name) => organisation[name] !== undefined)
      .map((name) => `/organisation/${name}`),
    ...levels.flatMap((level, at) => {
      if (buildLevel(level) === undefined) return [`/achievement/levels/${at}`]
      const { basis, reference } = level
      return basis || reference
        ? [`/achievement/levels/${at}/${basis ? 'basis' : 'reference'}`]
        : []
    }),
    ...participation.languages.flatMap((tag, at) =>
      findEuLanguage(tag) ? [] : [`/achievement/participation/languages/${at}`],
    ),
    ...(credentialValidity === undefined ? [] : ['/achievement/credentialValidity']),
    // In part: what the part amounts to is not recorded, and the whole was not earned.
    ...(isPartial && workload ? ['/achievement/workload'] : []),
    ...findSkillMatches(record),
    ...findJurisdictions('/achievement/qualityAssurance', achievement.qualityAssurance),
    ...findJurisdictions('/organisation/accreditations', organisation.accreditations ?? []),
  ]
  return pointers.map((pointer) => loss('LOSS_NOT_CARRIED', pointer))
}

const findSkillMatches = ({ achievement }: ElmRecord): string[] => [
  ...listMatches(achievement.skills, '/achievement/skills'),
  ...achievement.learningOutcomes.flatMap(({ skills }, at) =>
    listMatches(skills, `/achievement/learningOutcomes/${at}/skills`),
  ),
]

const listMatches = (
  skills: readonly { readonly match?: string }[] | undefined,
  pointer: string,
): string[] => (skills ?? []).flatMap(({ match }, at) => (match ? [`${pointer}/${at}/match`] : []))

/** The model names jurisdictions by a table of territories that we do not have. */
const findJurisdictions = (pointer: string, assurances: readonly QualityAssurance[]): string[] =>
  assurances.flatMap(({ limits }, at) =>
    limits?.jurisdictions?.length ? [`${pointer}/${at}/limits/jurisdictions`] : [],
  )

function findUncarriedAward({ award }: ElmRecord, { withBirthDate }: ElmVc11Options): Loss[] {
  const { evidence, validation, learner } = award
  const pointers = [
    ...(learner.birthDate && !withBirthDate ? ['/award/learner/birthDate'] : []),
    // The model's evidence is an accreditation, a mandate or a conversion, and nothing else.
    ...(evidence?.length ? ['/award/evidence'] : []),
    ...(award.proficiency ? ['/award/proficiency'] : []),
    ...(validation?.evidence?.length ? ['/award/validation/evidence'] : []),
    ...(validation?.reassessmentOf ? ['/award/validation/reassessmentOf'] : []),
    ...(validation?.outcomes?.some(({ methods }) => methods) ? ['/award/validation/outcomes'] : []),
  ]
  return pointers.map((pointer) => loss('LOSS_NOT_CARRIED', pointer))
}
