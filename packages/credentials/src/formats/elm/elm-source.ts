import { readEuLanguage } from '../../code-lists/eu-authority.ts'
import { isObject } from '../../jose/json.ts'
import { createElmReader, type ElmReader, type Members } from './read-elm.ts'

/** The parts of a European Digital Credential that a micro-credential is read from. */
export interface ElmSource {
  readonly reader: ElmReader
  readonly document: Members
  readonly learner: Members
  /** What is claimed: the achievement, else the activity or whatever there is. */
  readonly claim: Members
  readonly specification: Members
  /** Activities that led to it, also those that stand beside it. */
  readonly activities: readonly Members[]
  /** Assessments and their parts. */
  readonly assessments: readonly Members[]
  readonly notes: readonly ElmNote[]
}

/** A note and the concept that says what it is about. */
export interface ElmNote {
  readonly text: string | undefined
  readonly subject: Members | undefined
}

/** Finds the parts; undefined when the document claims nothing. */
export function openElm(document: Members): ElmSource | undefined {
  const reader = createElmReader(document, listTags(document))
  const { nodes } = reader
  const subjects = nodes(document.credentialSubject)
  const learner = subjects.find(({ hasClaim }) => hasClaim !== undefined)
  const claims = nodes(learner?.hasClaim)
  const claim = claims.find((one) => hasType(one, 'LearningAchievement')) ?? claims[0]
  if (!learner || !claim) return undefined
  const [specification = {}] = nodes(claim.specifiedBy)
  return {
    reader,
    document,
    learner,
    claim,
    specification,
    activities: [
      ...nodes(claim.influencedBy),
      ...claims.filter((one) => hasType(one, 'LearningActivity')),
    ],
    assessments: listParts(reader, [
      ...nodes(claim.provenBy),
      ...claims.filter((one) => hasType(one, 'LearningAssessment')),
    ]),
    notes: [claim, specification].flatMap(({ additionalNote }) =>
      readNotes(reader, additionalNote),
    ),
  }
}

const hasType = ({ type }: Members, name: string): boolean =>
  type === name || (Array.isArray(type) && type.includes(name))

export const readNotes = ({ nodes, text }: ElmReader, value: unknown): ElmNote[] =>
  nodes(value).map(({ noteLiteral, subject }) => ({
    text: text(noteLiteral),
    subject: nodes(subject)[0],
  }))

/** A whole before its parts; deeper than four levels nobody describes assessments. */
function listParts(reader: ElmReader, wholes: readonly Members[], depth = 0): Members[] {
  if (depth > 4) return []
  return wholes
    .slice(0, 100)
    .flatMap((whole) => [whole, ...listParts(reader, reader.nodes(whole.hasPart), depth + 1)])
}

/** Languages in the order they are wanted: the document's own first, then Swedish and English. */
function listTags({ displayParameter }: Members): string[] {
  const display: unknown = Array.isArray(displayParameter) ? displayParameter[0] : displayParameter
  const primary = isObject(display) ? display.primaryLanguage : undefined
  const uri = isObject(primary) ? primary.id : primary
  const tag = typeof uri === 'string' ? readEuLanguage(uri) : undefined
  return [...new Set([...(tag === undefined ? [] : [tag]), 'sv', 'en'])]
}
