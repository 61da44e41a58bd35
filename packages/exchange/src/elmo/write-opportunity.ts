import {
  creditFrameworks,
  findConcept,
  findFieldOfEducation,
  type GradingScheme,
  type Level,
} from '@mikromerit/credentials'
import { node, textNode, type XmlNode } from '../xml/write-xml.ts'
import type { ElmoRecord } from './elmo-record.ts'
import { writeExtension } from './extension/write-extension.ts'
import { writeDecimal } from './extension/write-value.ts'
import { ownIdentifiers, toUuidUrn } from './identifiers.ts'
import { describeTitle } from './partial-title.ts'
import { writeIdentifiers } from './write-identifiers.ts'
import { writeTexts } from './write-texts.ts'

export interface OpportunityContext {
  /** What the record's scale is called in this report. */
  readonly gradingSchemeId: string | undefined
  readonly fileIds: readonly string[]
}

/** The scale of a grade: the award's own, else the definition's. */
export const gradingSchemeOf = ({ award, achievement }: ElmoRecord): GradingScheme | undefined =>
  award.result && (award.result.scheme ?? achievement.assessment.gradingScheme)

/** A definition as a learning opportunity, with the award as its one instance. */
export function writeOpportunity(record: ElmoRecord, context: OpportunityContext): XmlNode {
  const { achievement, award } = record
  const { id, identifiers = [], fields = [], homepage, description } = achievement
  const own = { scheme: ownIdentifiers.achievement, value: toUuidUrn(id) }
  const [field] = fields.flatMap((uri) => findFieldOfEducation(uri)?.code ?? [])
  return node('learningOpportunitySpecification', [
    ...writeIdentifiers([...identifiers, own]),
    ...writeTexts('title', describeTitle(record)),
    // What was validated was learned without a course.
    ...textNode('type', award.validation ? undefined : 'Course'),
    ...textNode('iscedCode', field),
    ...textNode('url', homepage),
    ...writeTexts('description', description),
    node('specifies', [writeInstance(record, context)]),
  ])
}

function writeInstance(
  record: ElmoRecord,
  { gradingSchemeId, fileIds }: OpportunityContext,
): XmlNode {
  const { achievement, award } = record
  const { id, sourceReference, activity, awardedOn, result } = award
  const { workload, levels = [], participation } = achievement
  const references = sourceReference
    ? [{ scheme: ownIdentifiers.sourceReference, value: sourceReference }]
    : []
  return node('learningOpportunityInstance', [
    ...writeIdentifiers([{ scheme: ownIdentifiers.award, value: toUuidUrn(id) }, ...references]),
    ...textNode('start', activity?.start),
    ...textNode('date', activity?.end ?? awardedOn),
    ...textNode('status', 'passed'),
    ...textNode('gradingSchemeLocalId', gradingSchemeId),
    ...textNode('resultLabel', result?.grade),
    ...(workload?.credits ?? []).map(writeCredit),
    ...levels.map(writeLevel),
    ...textNode('languageOfInstruction', onlyLanguage(participation.languages)),
    ...(fileIds.length > 0
      ? [
          node(
            'attachments',
            fileIds.flatMap((fileId) => textNode('ref', fileId)),
          ),
        ]
      : []),
    node('extension', [writeExtension(record)]),
  ])
}

/** ELMO knows `ects`; other systems go by our codes, which their URIs are found by again. */
export function writeCredit({
  framework,
  value,
}: {
  readonly framework: string
  readonly value: number
}) {
  const scheme = findConcept(creditFrameworks, framework)?.code ?? framework
  return node('credit', [...textNode('scheme', scheme), ...textNode('value', writeDecimal(value))])
}

export const writeLevel = ({ framework, level }: Pick<Level, 'framework' | 'level'>): XmlNode =>
  node('level', [
    ...textNode('type', framework === 'EQF' ? framework : 'NQF'),
    ...textNode('description', framework === 'EQF' ? undefined : framework),
    ...textNode('value', level),
  ])

/** ISO 639-1, and nothing when there are several: ELMO wants the one language or none. */
export function onlyLanguage(languages: readonly string[]): string | undefined {
  const [tag, ...others] = languages
  return others.length === 0 ? /^[a-z]{2}(?=$|-)/i.exec(tag ?? '')?.[0].toLowerCase() : undefined
}
