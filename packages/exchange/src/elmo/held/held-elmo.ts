import { isDay, type MicroCredential } from '@mikromerit/credentials'
import { present } from '../../present.ts'
import { node, textNode, writeXml, type XmlNode } from '../../xml/write-xml.ts'
import { elmoNamespace } from '../elmo.ts'
import type { ElmoFile } from '../elmo-record.ts'
import { extensionNamespace } from '../extension/vocabulary.ts'
import { writeLearner, writeMoment } from '../write-elmo.ts'
import { writeFile } from '../write-report.ts'
import { writeTexts } from '../write-texts.ts'
import { describeIssuer } from './describe-issuer.ts'
import { schemeId, writeHeldOpportunity } from './held-opportunity.ts'
import { unknownLanguage } from './unknown-language.ts'

/** An award as its holder has it: what its credentials say, and the credentials themselves. */
export interface HeldElmo {
  readonly microCredential: MicroCredential
  readonly files: readonly HeldFile[]
}

/** A credential as its issuer signed it. */
export type HeldFile = Pick<ElmoFile, 'mediaType' | 'content'>

export interface HeldElmoExport {
  readonly held: readonly [HeldElmo, ...HeldElmo[]]
  readonly generatedAt: Date
}

const notice = {
  sv: 'Innehavarens kopia. Filen är inte utfärdad eller förseglad av utfärdaren: det som utfärdaren har skrivit under ligger i bilagorna.',
  en: "Holder's copy. This file is neither issued nor sealed by the issuer: what the issuer signed is in the attachments.",
}

/**
 * Writes what a holder has as one ELMO 1.7 file, valid against its schema (domain.md section 4): one report per award,
 * unsigned, said to be the holder's copy, with the signed credentials as attachments.
 */
export function writeHeldElmo({ held, generatedAt }: HeldElmoExport): string {
  const moment = writeMoment(generatedAt)
  const reports = held.map((each, index) =>
    writeHeldReport(each, { prefix: `${index + 1}`, moment }),
  )
  return writeXml(
    node(
      'elmo',
      [
        ...textNode('generatedDate', moment),
        writeLearner(findLearner(held)),
        ...reports,
        node('extension', [
          node('holderCopy', writeTexts('text', notice), { xmlns: extensionNamespace }),
        ]),
      ],
      { xmlns: elmoNamespace },
    ),
  )
}

/** The file is about its holder; whoever discloses a family name says the most about who that is. */
function findLearner(held: readonly HeldElmo[]) {
  const learners = held.flatMap(({ microCredential }) => microCredential.learner ?? [])
  const { givenName, familyName, birthDate, identification } =
    learners.find((learner) => learner.familyName) ?? learners[0] ?? {}
  const isBirthDate = birthDate !== undefined && isDay(birthDate)
  return present({
    givenName,
    familyName,
    birthDate: isBirthDate ? birthDate : undefined,
    externalId: identification,
  })
}

function writeHeldReport(
  { microCredential, files }: HeldElmo,
  { prefix, moment }: { readonly prefix: string; readonly moment: string },
): XmlNode {
  const { issuedAt, result } = microCredential
  const named = files.map((file, index) => ({ file, id: `credential-${prefix}-${index + 1}` }))
  const issueDate =
    issuedAt === undefined || Number.isNaN(Date.parse(issuedAt))
      ? moment
      : writeMoment(new Date(issuedAt))
  return node('report', [
    describeIssuer(microCredential.issuer),
    writeHeldOpportunity(
      microCredential,
      named.map(({ id }) => id),
    ),
    ...textNode('issueDate', issueDate),
    ...(result?.scheme === undefined
      ? []
      : [
          node('gradingScheme', writeTexts('description', { [unknownLanguage]: result.scheme }), {
            localId: schemeId,
          }),
        ]),
    ...named.map(({ file, id }) => writeFile({ ...file, title: signed, description: notice }, id)),
  ])
}

const signed = {
  sv: 'Digitalt bevis, undertecknat av utfärdaren',
  en: 'Credential as signed by its issuer',
}
