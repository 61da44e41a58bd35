import { assessmentTypes, learningModes, supervisionTypes } from '../../code-lists/assessment.ts'
import { type CodeList, findConcept } from '../../code-lists/code-list.ts'
import { creditAbbreviations, creditFrameworks } from '../../code-lists/credits.ts'
import { findFieldOfEducation } from '../../code-lists/fields-of-education.ts'
import { learningSettingConcepts } from '../../code-lists/learning.ts'
import { qualityAssuranceTypes } from '../../code-lists/quality-assurance.ts'
import type { Level } from '../../domain/learning.ts'
import { omitAbsent } from '../omit-absent.ts'
import { findRecognisedOutcomes } from '../project-validation.ts'
import type { BadgeWriter } from './badge-writer.ts'
import { targetTypes } from './vocabulary.ts'
import { levelBasisWords, settingWords } from './words.ts'

interface Target {
  readonly targetType: string
  readonly targetName: string
  readonly targetUrl: string
  readonly targetFramework?: string | undefined
  readonly targetCode?: string | undefined
  readonly targetDescription?: string | undefined
}

/** Every element of the standard that Open Badges has no property for, as an alignment (domain.md 3.3). */
export const projectAlignments = (writer: BadgeWriter) =>
  [
    ...alignOutcomes(writer),
    ...alignSkills(writer),
    ...alignLevels(writer),
    ...alignWorkload(writer),
    ...alignFields(writer),
    ...alignForms(writer),
    ...alignStacking(writer),
  ].map((target) => ({ type: ['Alignment'], ...omitAbsent({ ...target }) }))

const alignOutcomes = ({ record, achievementUrl, say }: BadgeWriter): Target[] =>
  findRecognisedOutcomes(record).map(({ id = '', title }) => ({
    targetType: targetTypes.outcome,
    targetName: say(title),
    targetUrl: `${achievementUrl}#${id}`,
    targetCode: id,
  }))

function alignSkills({ record, say }: BadgeWriter): Target[] {
  const holders = [record.achievement, ...findRecognisedOutcomes(record)]
  const skills = new Map(
    holders.flatMap((holder) => holder.skills ?? []).map((skill) => [skill.uri, skill]),
  )
  return [...skills.values()].map(({ uri, scheme, label }) => ({
    targetType: scheme === 'esco' ? targetTypes.esco : targetTypes.skill,
    targetName: label ? say(label) : uri,
    targetUrl: uri,
    targetFramework: scheme && frameworkNames[scheme],
  }))
}

const frameworkNames = {
  esco: 'ESCO',
  jobtech: 'JobTech Taxonomy',
  digcomp: 'DigComp',
  other: undefined,
} as const

const alignLevels = ({ record, achievementUrl, word }: BadgeWriter): Target[] =>
  (record.achievement.levels ?? []).map(({ framework, level, uri, basis }: Level) => ({
    targetType: framework === 'EQF' ? targetTypes.eqf : targetTypes.nqf,
    targetName: `${framework} ${level}`,
    targetUrl: uri ?? `${achievementUrl}#level-${encodeURIComponent(framework)}-${level}`,
    targetFramework: framework === 'EQF' ? 'European Qualifications Framework' : framework,
    targetCode: String(level),
    targetDescription: basis && word(levelBasisWords[basis]),
  }))

/** `creditsAvailable` is a number without a system; here the system stands beside it, and hours as well. */
function alignWorkload({ record, achievementUrl, label }: BadgeWriter): Target[] {
  const { hours, credits = [] } = record.achievement.workload ?? {}
  return [
    ...credits.map(({ framework, value }) => {
      const code = findConcept(creditFrameworks, framework)?.code ?? ''
      return {
        targetType: targetTypes.credit,
        targetName: `${value} ${creditAbbreviations[code] ?? framework}`,
        targetUrl: framework,
        targetFramework: label(creditFrameworks, framework),
        targetCode: String(value),
      }
    }),
    ...(hours === undefined
      ? []
      : [
          {
            targetType: targetTypes.hours,
            targetName: `${hours} h`,
            targetUrl: `${achievementUrl}#workload`,
            targetCode: String(hours),
          },
        ]),
  ]
}

const alignFields = ({ record }: BadgeWriter): Target[] =>
  (record.achievement.fields ?? []).map((uri) => {
    const code = findFieldOfEducation(uri)?.code
    return {
      targetType: targetTypes.field,
      targetName: code === undefined ? uri : `ISCED-F ${code}`,
      targetUrl: uri,
      targetFramework: 'ISCED-F 2013',
      targetCode: code,
    }
  })

/** How it was learned, assessed and quality assured. */
function alignForms(writer: BadgeWriter): Target[] {
  const { achievement, award } = writer.record
  const { participation, qualityAssurance, assessment } = achievement
  const carriedOut = award.assessments ?? []
  const types = carriedOut.flatMap((one) => one.types)
  const supervision =
    carriedOut.find((one) => one.supervision)?.supervision ?? assessment.supervision
  const assurances = qualityAssurance.map(({ type }) => type)
  return [
    ...alignCodes(writer, targetTypes.qualityAssurance, qualityAssuranceTypes, assurances),
    ...alignCodes(writer, targetTypes.participation, learningModes, participation.modes),
    ...alignCodes(
      writer,
      targetTypes.assessment,
      assessmentTypes,
      types.length > 0 ? types : assessment.types,
    ),
    ...alignCodes(
      writer,
      targetTypes.supervision,
      supervisionTypes,
      supervision === undefined ? [] : [supervision],
    ),
    alignSetting(writer),
    ...alignLanguages(writer),
  ]
}

function alignSetting({ record, achievementUrl, word }: BadgeWriter): Target {
  const { setting } = record.achievement
  return {
    targetType: targetTypes.setting,
    targetName: word(settingWords[setting]),
    // The EU list has no concept for informal learning.
    targetUrl: findConcept(learningSettingConcepts, setting)?.uri ?? `${achievementUrl}#setting`,
    targetCode: setting,
  }
}

const alignLanguages = ({ record, achievementUrl }: BadgeWriter): Target[] =>
  record.achievement.participation.languages.map((language) => ({
    targetType: targetTypes.language,
    targetName: language,
    targetUrl: `${achievementUrl}#language-${language}`,
    targetFramework: 'BCP 47',
    targetCode: language,
  }))

const alignCodes = (
  { label }: BadgeWriter,
  targetType: string,
  list: CodeList,
  uris: readonly string[],
): Target[] =>
  [...new Set(uris)].map((uri) => ({
    targetType,
    targetName: label(list, uri),
    targetUrl: uri,
    targetFramework: list.name.en,
  }))

const alignStacking = ({ record, achievementUrl, say }: BadgeWriter): Target[] =>
  (record.achievement.stacking?.towards ?? []).map(({ title, uri }, index) => ({
    targetType: targetTypes.stacking,
    targetName: say(title),
    targetUrl: uri ?? `${achievementUrl}#stackable-${index + 1}`,
  }))
