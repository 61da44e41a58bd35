import type { GradingScheme, Organisation } from '@mikromerit/credentials'
import { node, textNode, type XmlNode } from '../xml/write-xml.ts'
import { isElmoCountry } from './countries.ts'
import type { ElmoFile, ElmoRecord } from './elmo-record.ts'
import { ownIdentifiers } from './identifiers.ts'
import { writeIdentifiers } from './write-identifiers.ts'
import { gradingSchemeOf, writeOpportunity } from './write-opportunity.ts'
import { writeTexts } from './write-texts.ts'

/** What one organisation awarded. */
export function writeReport(
  organisation: Organisation,
  records: readonly ElmoRecord[],
  issuedAt: string,
): XmlNode {
  const schemes = nameSchemes(records)
  const files = records.map(({ files = [] }, index) =>
    files.map((file, number) => ({ file, id: `file-${index + 1}-${number + 1}` })),
  )
  const opportunities = records.map((record, index) =>
    writeOpportunity(record, {
      gradingSchemeId: schemes.get(contentOf(gradingSchemeOf(record)))?.localId,
      fileIds: (files[index] ?? []).map(({ id }) => id),
    }),
  )
  return node('report', [
    writeIssuer(organisation),
    ...opportunities,
    ...textNode('issueDate', issuedAt),
    ...[...schemes.values()].map(({ localId, scheme }) =>
      node('gradingScheme', writeTexts('description', scheme.title), { localId }),
    ),
    ...files.flat().map(({ file, id }) => writeFile(file, id)),
  ])
}

interface NamedScheme {
  readonly scheme: GradingScheme
  readonly localId: string
}

const contentOf = (scheme: GradingScheme | undefined): string => JSON.stringify(scheme ?? null)

/** The scales of a report by their content, each with a name of its own: two that differ may share an id. */
function nameSchemes(records: readonly ElmoRecord[]): Map<string, NamedScheme> {
  const named = new Map<string, NamedScheme>()
  for (const scheme of records.flatMap((record) => gradingSchemeOf(record) ?? [])) {
    if (named.has(contentOf(scheme))) continue
    const namesakes = [...named.values()].filter((other) => other.scheme.id === scheme.id).length
    const localId = namesakes === 0 ? scheme.id : `${scheme.id}#${namesakes + 1}`
    named.set(contentOf(scheme), { scheme, localId })
  }
  return named
}

function writeIssuer({
  id,
  country,
  identifiers = [],
  legalName,
  homepage,
}: Organisation): XmlNode {
  return node('issuer', [
    ...textNode('country', isElmoCountry(country) ? country : undefined),
    ...writeIdentifiers([...identifiers, { scheme: ownIdentifiers.organisation, value: id }]),
    ...writeTexts('title', legalName),
    // Required, and empty when there is none.
    node('url', homepage ?? ''),
  ])
}

/** RFC 2397. */
export function writeFile(
  { title, description, mediaType, content }: ElmoFile,
  id: string,
): XmlNode {
  const data = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  return node('attachment', [
    node('identifier', id, { type: 'internal' }),
    ...writeTexts('title', title),
    node('type', 'Micro Credential'),
    ...writeTexts('description', description),
    node('content', `data:${mediaType};base64,${data.toString('base64')}`),
  ])
}
