import type { Learner, Loss } from '@mikromerit/credentials'
import { node, textNode, writeXml, type XmlNode } from '../xml/write-xml.ts'
import { elmoNamespace } from './elmo.ts'
import type { ElmoRecord } from './elmo-record.ts'
import { findElmoLosses } from './find-losses.ts'
import { isEuropeanStudentIdentifier } from './identifiers.ts'
import { writeReport } from './write-report.ts'

export interface ElmoExport {
  /** Whose awards these are: an ELMO file is about one person. */
  readonly learner: Learner
  readonly records: readonly [ElmoRecord, ...ElmoRecord[]]
  readonly generatedAt: Date
}

export interface WrittenElmo {
  readonly xml: string
  /** What ELMO has no place for; the pointer begins with the position among the records. */
  readonly losses: readonly Loss[]
}

/**
 * Writes awards as ELMO 1.7, valid against its schema (domain.md section 4): one report per organisation, and what ELMO
 * has no element for in an extension of ours, so that reading it back gives the same award.
 */
export function writeElmo({ learner, records, generatedAt }: ElmoExport): WrittenElmo {
  const moment = writeMoment(generatedAt)
  const groups = Map.groupBy(records, ({ organisation }) => organisation.id)
  const reports = [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ organisation }) => writeReport(organisation, group, moment)),
  )
  const root = node(
    'elmo',
    [...textNode('generatedDate', moment), writeLearner(learner), ...reports],
    { xmlns: elmoNamespace },
  )
  return { xml: writeXml(root), losses: findElmoLosses(learner, records) }
}

/** Whole seconds: nobody reads more out of an ELMO file. */
export const writeMoment = (moment: Date): string => moment.toISOString().replace(/\.\d+Z$/, 'Z')

export function writeLearner({
  externalId,
  givenName,
  familyName,
  birthDate,
}: Partial<Learner>): XmlNode {
  return node('learner', [
    ...(isEuropeanStudentIdentifier(externalId)
      ? [node('identifier', externalId, { type: 'esi' })]
      : []),
    // Both are required; who has one name only has an empty other one.
    node('givenNames', givenName ?? ''),
    node('familyName', familyName ?? ''),
    ...textNode('bday', birthDate),
  ])
}
