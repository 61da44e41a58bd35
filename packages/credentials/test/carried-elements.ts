import type { AwardRecord } from '../src/domain/award.ts'
import type { LanguageMap } from '../src/domain/text.ts'
import { normaliseElm } from '../src/formats/elm/normalise-elm.ts'
import { projectElm } from '../src/formats/elm/project-elm.ts'
import type { Loss } from '../src/formats/loss.ts'
import type { MicroCredential } from '../src/formats/micro-credential.ts'
import { normaliseLearningCredential } from '../src/formats/normalise-learning-credential.ts'
import { normaliseOpenBadge } from '../src/formats/open-badge/normalise-open-badge.ts'
import { projectOpenBadge } from '../src/formats/open-badge/project-open-badge.ts'
import {
  type Projection,
  projectLearningCredential,
} from '../src/formats/project-learning-credential.ts'
import { findRecognisedOutcomes } from '../src/formats/project-validation.ts'
import { projectMicroCredential } from '../src/formats/webuild/project-micro-credential.ts'
import { projectVerifiedSkill } from '../src/formats/webuild/project-verified-skill.ts'
import { rulebookVcts } from '../src/formats/webuild/rulebook.ts'
import type { Result } from '../src/result.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'
const issuedAt = new Date('2026-06-05T12:00:00Z')
const contextUrl = 'https://issuer.example.se/contexts/elm-vc2/v1'

/** An award in one format, read back, and what its projection reports. */
export interface ReadBack {
  /** As the table of docs/formats.md heads its column. */
  readonly title: string
  readonly read: MicroCredential
  readonly losses: readonly Loss[]
}

const demand = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.code)
  return result.value
}

const readSdJwt = (title: string, vct: string, { claims, losses }: Projection): ReadBack => ({
  title,
  read: demand(normaliseLearningCredential({ vct, iss: issuer, ...claims })),
  losses,
})

/** The award in each format that takes it. */
export function readInEveryFormat(record: AwardRecord): ReadBack[] {
  const elm = projectElm(record, { issuer, issuedAt, contextUrl, withBirthDate: true })
  const badge = projectOpenBadge(record, { issuer, validFrom: issuedAt })
  const course = projectMicroCredential(record, { issuer })
  const skill = projectVerifiedSkill(record, { issuer })
  const { webuild_micro_credential: courseVct, webuild_verified_skill: skillVct } = rulebookVcts
  return [
    readSdJwt('SD-JWT VC', 'x', projectLearningCredential(record, { issuer })),
    { title: 'ELM 3 / EDC', read: demand(normaliseElm(elm.credential)), losses: elm.losses },
    {
      title: 'Open Badge 3.0',
      read: demand(normaliseOpenBadge(badge.credential)).microCredential,
      losses: badge.losses,
    },
    ...(course.ok ? [readSdJwt('Micro-credential (WE BUILD)', courseVct, course.value)] : []),
    ...(skill.ok ? [readSdJwt('Verified skill (WE BUILD)', skillVct, skill.value)] : []),
  ]
}

interface CarriedElement {
  /** As the table of docs/formats.md names it. */
  readonly title: string
  /** Where a projection says that it could not carry it. */
  readonly pointers: readonly string[]
  isKept(record: AwardRecord, read: MicroCredential): boolean
}

/** In whichever of its languages. */
const isOneOf = (text: string | undefined, texts: LanguageMap | undefined): boolean =>
  texts === undefined ? text === undefined : Object.values(texts).includes(text ?? '')
const areOneOf = (
  found: readonly (string | undefined)[] | undefined,
  texts: readonly LanguageMap[],
): boolean =>
  (found ?? []).length === texts.length && texts.every((map, at) => isOneOf(found?.[at], map))
const urisOf = (coded: readonly { uri?: string }[] | undefined) => coded?.map(({ uri }) => uri)
const isSameSet = (found: readonly unknown[] | undefined, wanted: readonly unknown[]): boolean =>
  new Set(found ?? []).size === new Set(wanted).size && isWithin(wanted, found)
const isWithin = (wanted: readonly unknown[], found: readonly unknown[] | undefined): boolean =>
  wanted.every((one) => (found ?? []).includes(one))

const typesOf = ({ achievement, award }: AwardRecord): readonly string[] =>
  award.assessments?.length
    ? award.assessments.flatMap(({ types }) => types)
    : achievement.assessment.types
/** Of one of the assessments, or as the definition provides: the model that is read into has one. */
const supervisionsOf = ({ achievement, award }: AwardRecord) => [
  ...(award.assessments ?? []).map(({ supervision }) => supervision),
  achievement.assessment.supervision,
]

/** The elements of the table, in its order, and when each has come back whole. */
export const carriedElements: readonly CarriedElement[] = [
  {
    title: 'Learner',
    pointers: [],
    isKept: ({ award: { learner } }, read) =>
      read.learner?.familyName === learner.familyName &&
      read.learner.givenName === learner.givenName,
  },
  {
    title: 'Title',
    pointers: [],
    isKept: ({ achievement }, { title }) =>
      Object.values(achievement.title).some((one) => title.startsWith(one)),
  },
  {
    title: 'Country of the issuer',
    pointers: [],
    isKept: ({ organisation }, { issuer }) => issuer.country === organisation.country,
  },
  {
    title: 'Awarding body apart from the issuer',
    pointers: ['/award/awardingBodies'],
    isKept: ({ award }, { awardingBodies }) =>
      award.awardingBodies === undefined ||
      areOneOf(
        awardingBodies?.map(({ name }) => name),
        award.awardingBodies.map(({ legalName }) => legalName),
      ),
  },
  {
    title: 'Date of the award',
    pointers: [],
    isKept: ({ award }, { awardedOn }) => awardedOn === award.awardedOn,
  },
  {
    title: 'Learning outcomes',
    pointers: [],
    isKept: (record, { learningOutcomes }) =>
      areOneOf(
        learningOutcomes,
        findRecognisedOutcomes(record).map(({ title }) => title),
      ),
  },
  {
    title: 'Notional workload: hours',
    pointers: ['/achievement/workload'],
    isKept: ({ achievement }, { workload }) => workload?.hours === achievement.workload?.hours,
  },
  {
    title: 'Notional workload: credits',
    pointers: ['/achievement/workload'],
    isKept: ({ achievement }, { workload }) =>
      isSameSet(
        workload?.credits?.map(({ framework, value }) => `${framework.uri} ${value}`),
        (achievement.workload?.credits ?? []).map((one) => `${one.framework} ${one.value}`),
      ),
  },
  {
    title: 'Levels',
    pointers: ['/achievement/levels'],
    isKept: ({ achievement }, { levels }) =>
      isSameSet(
        levels?.map(({ framework, level }) => `${framework} ${level}`),
        (achievement.levels ?? []).map(({ framework, level }) => `${framework} ${level}`),
      ),
  },
  {
    title: 'Type of assessment',
    pointers: ['/achievement/assessment/types'],
    isKept: (record, { assessment }) => isWithin(typesOf(record), urisOf(assessment?.types)),
  },
  {
    title: 'Form of participation',
    pointers: ['/achievement/participation/modes'],
    isKept: ({ achievement }, { participation }) =>
      isWithin(achievement.participation.modes, urisOf(participation?.modes)),
  },
  {
    title: 'Quality assurance',
    pointers: ['/achievement/qualityAssurance/'],
    isKept: ({ achievement }, { qualityAssurance }) =>
      isWithin(
        achievement.qualityAssurance.map(({ type }) => type),
        urisOf(qualityAssurance),
      ),
  },
  {
    title: 'Prerequisites',
    pointers: [],
    isKept: ({ achievement }, { prerequisites }) =>
      isOneOf(prerequisites?.[0], achievement.prerequisites),
  },
  {
    title: 'Supervision and identity verification',
    pointers: [],
    isKept: (record, { assessment }) =>
      supervisionsOf(record).includes(assessment?.supervision?.uri),
  },
  {
    title: 'Grade',
    pointers: [],
    isKept: ({ award }, { result }) => result?.grade === award.result?.grade,
  },
  {
    title: 'Grading scale',
    pointers: [],
    isKept: ({ award }, { result }) => isOneOf(result?.scheme, award.result?.scheme?.title),
  },
  {
    title: 'Stackability',
    pointers: ['/achievement/stacking/towards/1'],
    isKept: ({ achievement: { stacking } }, read) =>
      (stacking?.towards ?? []).every(({ title }) =>
        read.stacking?.towards?.some((one) => isOneOf(one.title, title)),
      ),
  },
  {
    title: 'Description',
    pointers: [],
    isKept: ({ achievement }, { description }) =>
      achievement.description === undefined || isOneOf(description, achievement.description),
  },
  {
    title: 'Setting',
    pointers: [],
    isKept: ({ achievement }, { setting }) =>
      setting?.label?.en.replaceAll(/[ -]/g, '_').startsWith(achievement.setting) ?? false,
  },
  {
    title: 'Validation: standard',
    pointers: [],
    isKept: ({ award }, { validation }) => {
      const title = award.validation?.standard?.title
      const found = validation?.standard ?? ''
      return title ? Object.values(title).some((one) => found.startsWith(one)) : found === ''
    },
  },
  {
    title: 'Validation: methods',
    pointers: [],
    isKept: ({ award }, { validation }) =>
      isSameSet(validation?.methods, award.validation?.methods ?? []),
  },
  {
    title: 'Language of instruction',
    pointers: ['/achievement/participation/languages'],
    isKept: ({ achievement }, { participation }) =>
      isSameSet(participation?.languages, achievement.participation.languages),
  },
  {
    title: 'Field of education',
    pointers: ['/achievement/fields/'],
    isKept: ({ achievement }, { fields }) => isSameSet(urisOf(fields), achievement.fields ?? []),
  },
  {
    title: 'Skills',
    pointers: [],
    isKept: (record, { skills }) =>
      isSameSet(
        urisOf(skills),
        [record.achievement, ...findRecognisedOutcomes(record)].flatMap(
          (holder) => holder.skills?.map(({ uri }) => uri) ?? [],
        ),
      ),
  },
  {
    title: 'Validity of the competence',
    pointers: [],
    isKept: ({ award }, { validUntil }) => validUntil === award.validUntil,
  },
  {
    title: 'Skill proficiency',
    pointers: [],
    isKept: ({ award }, { proficiency }) =>
      proficiency?.uri ===
      (award.proficiency && `urn:mikromerit:proficiency:${award.proficiency.replace('_', '-')}`),
  },
  {
    title: 'The definition’s address',
    pointers: [],
    isKept: ({ achievement }, { achievementId }) =>
      achievementId === `${issuer}/achievements/${achievement.id}`,
  },
  {
    title: 'The award’s identifier',
    pointers: [],
    isKept: ({ award }, { awardId }) => awardId === `urn:uuid:${award.id}`,
  },
]
