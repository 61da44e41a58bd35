import { findFieldOfEducation, isDay, type MicroCredential } from '@mikromerit/credentials'
import { node, textNode, type XmlNode } from '../../xml/write-xml.ts'
import { writePieces } from '../extension/write-extension.ts'
import { ownIdentifiers } from '../identifiers.ts'
import { writeIdentifiers } from '../write-identifiers.ts'
import { onlyLanguage, writeCredit, writeLevel } from '../write-opportunity.ts'
import { writeTexts } from '../write-texts.ts'
import { toHeldPieces } from './to-held-pieces.ts'
import { unknownLanguage } from './unknown-language.ts'

/** What the one scale in a report is called. */
export const schemeId = 'scheme'

/** A held micro-credential as a learning opportunity with its one instance. */
export function writeHeldOpportunity(held: MicroCredential, fileIds: readonly string[]): XmlNode {
  const { achievementId, title, description, fields = [], validation } = held
  const [field] = fields.flatMap(
    ({ uri, text }) => findFieldOfEducation(uri ?? text ?? '')?.code ?? [],
  )
  return node('learningOpportunitySpecification', [
    ...identify(ownIdentifiers.achievement, achievementId),
    ...writeTexts('title', { [unknownLanguage]: title }),
    // What was validated was learned without a course.
    ...textNode('type', validation ? undefined : 'Course'),
    ...textNode('iscedCode', field),
    ...(description === undefined
      ? []
      : writeTexts('description', { [unknownLanguage]: description })),
    node('specifies', [writeInstance(held, fileIds)]),
  ])
}

function writeInstance(held: MicroCredential, fileIds: readonly string[]): XmlNode {
  const { awardId, awardedOn, result, workload, levels = [], participation } = held
  const refs = fileIds.flatMap((id) => textNode('ref', id))
  return node('learningOpportunityInstance', [
    ...identify(ownIdentifiers.award, awardId),
    ...textNode('date', awardedOn !== undefined && isDay(awardedOn) ? awardedOn : undefined),
    ...textNode('status', 'passed'),
    ...textNode('gradingSchemeLocalId', result?.scheme === undefined ? undefined : schemeId),
    ...textNode('resultLabel', result?.grade),
    ...(workload?.credits ?? []).flatMap(({ framework: { uri, text }, value }) => {
      const framework = uri ?? text
      return framework === undefined ? [] : [writeCredit({ framework, value })]
    }),
    ...levels.map(writeLevel),
    ...textNode('languageOfInstruction', onlyLanguage(participation?.languages ?? [])),
    ...(refs.length > 0 ? [node('attachments', refs)] : []),
    node('extension', [writePieces(toHeldPieces(held))]),
  ])
}

const identify = (scheme: string, value: string | undefined): XmlNode[] =>
  value === undefined ? [] : writeIdentifiers([{ scheme, value }])
