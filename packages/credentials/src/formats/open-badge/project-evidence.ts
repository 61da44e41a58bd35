import type { ComponentRef } from '../../domain/component.ts'
import type { Evidence, Validation } from '../../domain/validation.ts'
import { omitAbsent } from '../omit-absent.ts'
import { projectValidation } from '../project-validation.ts'
import type { BadgeWriter } from './badge-writer.ts'
import { escapeMarkdown } from './markdown.ts'
import { genres } from './vocabulary.ts'
import { evidenceWords, headings, methodWords, purposeWords, sentences } from './words.ts'

/** The award behind the badge, how it was recognised, and what it rests on; files stay where they are. */
export function projectEvidence(writer: BadgeWriter) {
  const { award } = writer.record
  return [
    {
      id: `urn:uuid:${award.id}`,
      type: ['Evidence'],
      name: writer.word(headings.award),
      genre: genres.award,
    },
    ...(award.validation ? [describeValidation(writer, award.validation)] : []),
    ...[...(award.evidence ?? []), ...(award.validation?.evidence ?? [])].map((evidence) =>
      describeEvidence(writer, evidence),
    ),
    ...(award.components ?? []).map((component) => describeComponent(writer, component)),
  ]
}

function describeValidation({ record, say, word }: BadgeWriter, validation: Validation) {
  const projected = projectValidation(validation, record.organisation, say)
  const { standard } = validation
  const facts: readonly (readonly [keyof typeof headings, readonly string[]])[] = [
    ['purpose', [word(purposeWords[validation.purpose])]],
    ['methods', validation.methods.map((method) => word(methodWords[method]))],
    ['standard', standard ? [describeStandard(say(standard.title), standard.version)] : []],
    ['assessedBy', projected.assessed_by ?? []],
  ]
  return omitAbsent({
    type: ['Evidence'],
    name: standard ? describeStandard(say(standard.title), standard.version) : undefined,
    description: word(sentences.validated),
    narrative: describeFacts(facts, word),
    genre: genres.validation,
  })
}

const describeStandard = (title: string, version: string | undefined) =>
  version === undefined ? title : `${title} (${version})`

/** A part the whole was built of, named by the digest of the credential that was shown (domain.md section 5). */
function describeComponent({ say, word }: BadgeWriter, component: ComponentRef) {
  const { title, awardingBody, awardedOn, awardId, achievementId, credentialDigest } = component
  const facts: readonly (readonly [keyof typeof headings, readonly string[]])[] = [
    ['awardedBy', [[say(awardingBody.legalName), awardedOn].filter(Boolean).join(', ')]],
    ['definition', achievementId === undefined ? [] : [achievementId]],
    ['digest', credentialDigest === undefined ? [] : [credentialDigest]],
  ]
  return omitAbsent({
    id: awardId,
    type: ['Evidence'],
    name: say(title),
    narrative: describeFacts(facts, word),
    genre: genres.component,
  })
}

function describeEvidence({ say, word }: BadgeWriter, evidence: Evidence) {
  const { kind, description, uri, digest, heldBy } = evidence
  const facts: readonly (readonly [keyof typeof headings, readonly string[]])[] = [
    ['heldBy', heldBy ? [say(heldBy)] : []],
    ['digest', digest === undefined ? [] : [digest]],
  ]
  return omitAbsent({
    id: uri,
    type: ['Evidence'],
    name: word(evidenceWords[kind]),
    description: say(description),
    narrative: describeFacts(facts, word) || undefined,
    genre: kind,
  })
}

const describeFacts = (
  facts: readonly (readonly [keyof typeof headings, readonly string[]])[],
  word: BadgeWriter['word'],
): string =>
  facts
    .filter(([, texts]) => texts.length > 0)
    .map(([name, texts]) => `**${word(headings[name])}**: ${escapeMarkdown(texts.join(', '))}`)
    .join('\n\n')
