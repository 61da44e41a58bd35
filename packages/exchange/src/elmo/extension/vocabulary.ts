import { Achievement, Award } from '@mikromerit/credentials'
import type { TSchema } from 'typebox'
import { elementName } from './element-names.ts'

/** Namespace of the extension that holds what ELMO has no element for (domain.md section 4). */
export const extensionNamespace = 'urn:mikromerit:elmo:1'

/** Written before the namespace was settled; still read. */
export const readNamespaces: ReadonlySet<string> = new Set([
  extensionNamespace,
  'https://mikromerit.example/ns/elmo/1',
])

/** One element of the extension: which member of the definition or the award it holds. */
export interface Entry {
  readonly name: string
  /** Member by member. */
  readonly path: readonly string[]
  readonly schema: TSchema
}

const { assessment, participation, workload, ...achievement } = Achievement.properties
const { learner: _, ...award } = Award.properties

/** Members with elements of their own in ELMO, and rules that the definition's own address answers. */
const elsewhere: ReadonlySet<string> = new Set([
  'id',
  'description',
  'identifiers',
  'homepage',
  'stackingRules',
])
const awardElsewhere: ReadonlySet<string> = new Set(['id', 'achievementId', 'sourceReference'])

/** Names that recognition officers know, where the domain nests (domain.md section 4). */
const named: Readonly<Record<string, string>> = {
  setting: 'learningSetting',
  hours: 'volumeOfLearning',
  'assessment.types': 'assessmentType',
  'assessment.modes': 'assessmentMode',
  'assessment.supervision': 'supervision',
  'assessment.description': 'assessmentDescription',
  'assessment.gradingScheme': 'gradingScheme',
  'participation.modes': 'modeOfLearning',
  'participation.activityTypes': 'learningActivityType',
  'participation.languages': 'languageOfInstruction',
  'participation.place': 'place',
}

const entriesOf = (container: string, properties: Readonly<Record<string, TSchema>>): Entry[] =>
  Object.entries(properties).map(([member, schema]) => ({
    name: named[`${container}.${member}`] ?? elementName(member),
    path: [container, member],
    schema,
  }))

const topLevel = (
  properties: Readonly<Record<string, TSchema>>,
  without: ReadonlySet<string>,
): Entry[] =>
  Object.entries(properties)
    .filter(([member]) => !without.has(member))
    .map(([member, schema]) => ({
      name: named[member] ?? elementName(member),
      path: [member],
      schema,
    }))

/** The definition: elements directly in `microCredential`. */
export const achievementEntries: readonly Entry[] = [
  ...topLevel(achievement, elsewhere),
  { name: 'volumeOfLearning', path: ['workload', 'hours'], schema: workload.properties.hours },
  ...entriesOf('assessment', assessment.properties),
  ...entriesOf('participation', participation.properties),
]

/** The award: elements in `microCredential/award`. */
export const awardEntries: readonly Entry[] = topLevel(award, awardElsewhere)
