import { learningModes } from '../../code-lists/assessment.ts'
import { findConcept } from '../../code-lists/code-list.ts'
import { creditFrameworks } from '../../code-lists/credits.ts'
import { readEuLanguage } from '../../code-lists/eu-authority.ts'
import {
  broadFieldsOfEducation,
  findFieldOfEducation,
} from '../../code-lists/fields-of-education.ts'
import { learningSettingConcepts } from '../../code-lists/learning.ts'
import { eqfLevels, seqfLevels } from '../../code-lists/levels.ts'
import type { CodedValue } from '../micro-credential.ts'
import { omitEmpty } from '../omit-absent.ts'
import type { ElmSource } from './elm-source.ts'
import { escoSkills, informalSetting, skillScheme } from './own-concepts.ts'
import { type Members, someOf } from './read-elm.ts'
import { readHours } from './read-times.ts'

/** What was learned, how much of it, on which level and where. */
export function readLearning(source: ElmSource) {
  const { reader, specification } = source
  const outcomes = reader.nodes(specification.learningOutcome)
  const [summary] = reader.nodes(specification.learningOutcomeSummary)
  return {
    learningOutcomes:
      someOf(outcomes.map(({ title }) => reader.text(title))) ??
      someOf([reader.text(summary?.noteLiteral)]),
    workload: readWorkload(source),
    levels: readLevels(source),
    setting: readSetting(source),
    fields: someOf(reader.nodes(specification.thematicArea).map((one) => readField(source, one))),
    skills: readSkills(source, outcomes),
    participation: omitEmpty({
      modes: readModes(source),
      languages: readLanguages(source),
    }),
  }
}

function readWorkload({ reader, claim, specification, activities }: ElmSource) {
  const durations = [specification, claim, ...activities]
    .flatMap(({ volumeOfLearning, workload }) => [volumeOfLearning, workload])
    .flatMap((value) => reader.text(value) ?? [])
  const hours = durations.map(readHours).find((amount) => amount !== undefined)
  const received = reader.nodes(claim.creditReceived)
  const credits = received.length > 0 ? received : reader.nodes(specification.creditPoint)
  return omitEmpty({
    // `P60M`, sixty months, stands in a published sample: shown as written, never counted.
    text: hours === undefined ? durations[0] : undefined,
    hours,
    credits: someOf(
      credits.slice(0, 20).map(({ framework, point }) => {
        const system = reader.coded(creditFrameworks, framework)
        const value = readPoints(reader.text(point) ?? point)
        return system && value !== undefined ? { framework: system, value } : undefined
      }),
    ),
  })
}

/** Points are text in this model, in Sweden at times with a decimal comma. */
function readPoints(point: unknown): number | undefined {
  if (typeof point === 'number') return Number.isFinite(point) ? point : undefined
  if (typeof point !== 'string' || !/^\d{1,6}(?:[.,]\d{1,4})?$/.test(point.trim())) return undefined
  return Number(point.trim().replace(',', '.'))
}

function readLevels({ reader, specification }: ElmSource) {
  const { nodes } = reader
  const levels = [
    ...nodes(specification.eqfLevel).map((node) => readLevel('EQF', eqfLevels, node, reader)),
    ...nodes(specification.nqfLevel).map((node) => readLevel('SeQF', seqfLevels, node, reader)),
  ]
  return someOf(levels.slice(0, 20))
}

/** A level of a list we have; else framework and number from a name like `RQF Level 6`. */
function readLevel(
  framework: string,
  list: typeof eqfLevels,
  node: Members,
  { text }: ElmSource['reader'],
) {
  const id = text(node.id)
  const concept = id === undefined ? undefined : findConcept(list, id)
  if (concept) return { framework, level: Number(concept.code), uri: concept.uri }
  const named = /^(\S.{0,99}?)[\s,]+(?:level |nivå |niveau )?(\d{1,2})$/i.exec(
    text(node.prefLabel) ?? '',
  )
  if (!named?.[1]) return undefined
  return { framework: named[1], level: Number(named[2]), ...(id && { uri: id }) }
}

function readSetting({ reader, specification, notes }: ElmSource): CodedValue | undefined {
  const [informal] = informalSetting.concepts
  const isInformal = notes.some(({ subject }) => subject?.id === informal?.uri)
  // The EU list has no concept for informal learning.
  if (informal && isInformal) return { label: informal.labels }
  return reader.coded(learningSettingConcepts, specification.learningSetting)
}

function readField({ reader }: ElmSource, node: Members): CodedValue | undefined {
  const field = findFieldOfEducation(reader.text(node.id) ?? '')
  if (field) return { uri: field.uri, label: field.labels }
  return reader.coded(broadFieldsOfEducation, node)
}

/** Skills of the outcomes, then those that notes tell of the whole. */
function readSkills({ reader, notes }: ElmSource, outcomes: readonly Members[]) {
  const { nodes, text } = reader
  const related = outcomes
    .flatMap((outcome) => [...nodes(outcome.relatedESCOSkill), ...nodes(outcome.relatedSkill)])
    .map(({ id, prefLabel }) => omitEmpty({ uri: text(id), text: text(prefLabel) }))
  const told = notes.map(({ subject }) => {
    if (subject === undefined) return undefined
    const [scheme] = nodes(subject.inScheme)
    const [uri, label] = [text(subject.id), text(subject.prefLabel)]
    if (uri?.startsWith(escoSkills)) return omitEmpty({ uri, text: label })
    return scheme?.id === skillScheme
      ? omitEmpty({ uri: text(subject.notation), text: label })
      : undefined
  })
  const skills = [...related, ...told].filter((skill) => skill !== undefined)
  const distinct = new Map(skills.map((skill) => [skill.uri ?? skill.text, skill]))
  return someOf([...distinct.values()].slice(0, 200))
}

/** The definition's, else those of the activities. */
const readModes = ({ reader, specification, activities }: ElmSource) =>
  reader.codedList(learningModes, specification.mode) ??
  someOf(
    activities
      .flatMap(({ specifiedBy }) => reader.nodes(specifiedBy))
      .flatMap(({ mode }) => reader.codedList(learningModes, mode) ?? []),
  )

function readLanguages({ reader, specification, activities }: ElmSource): string[] | undefined {
  const specified = activities.flatMap(({ specifiedBy }) => reader.nodes(specifiedBy))
  const languages = [specification, ...specified].flatMap(({ language }) => reader.nodes(language))
  const tags = languages.flatMap(({ id }) => readEuLanguage(reader.text(id) ?? '') ?? [])
  return someOf([...new Set(tags)].slice(0, 50))
}
