import type { AwardRecord } from '../../domain/award.ts'
import type { LearningOutcome } from '../../domain/learning.ts'
import { chooseText, type LanguageMap, type Locale } from '../../domain/text.ts'
import { nameBasedUrn } from '../open-badge/name-based-uuid.ts'
import { findRecognisedOutcomes } from '../project-validation.ts'
import { describePart } from './messages.ts'
import { chooseLabel, type IdOf, mapTexts } from './nodes.ts'

/** An award on its way into the European Learning Model, with what every part of the projection needs. */
export interface ElmRecord extends AwardRecord {
  /** The Credential Issuer Identifier, below which definitions have their addresses. */
  readonly issuer: string
  readonly locale: Locale
  /** Made of the award's id, which nobody can tell from them: projecting twice gives the same document. */
  readonly idOf: IdOf
  readonly outcomes: readonly LearningOutcome[]
  /** A validation recognised some outcomes and not others. */
  readonly isPartial: boolean
  /** The title, which for a partial recognition names the part. */
  readonly title: LanguageMap
}

export function readElmRecord(record: AwardRecord, issuer: string, locale: Locale): ElmRecord {
  const { organisation, achievement, award, creator } = record
  const outcomes = findRecognisedOutcomes(record)
  const total = achievement.learningOutcomes.length
  const isPartial = outcomes.length < total
  const part = describePart(outcomes.length, total)
  return {
    organisation,
    achievement,
    award,
    creator,
    issuer,
    locale,
    idOf: (name) => nameBasedUrn('elm', award.id, name),
    outcomes,
    isPartial,
    title: isPartial
      ? mapTexts(achievement.title, (text, tag) => `${text} (${chooseLabel(part, tag)})`)
      : achievement.title,
  }
}

/** The tag of the language in which this award's texts are read first. */
export const primaryTag = ({ achievement, locale }: ElmRecord): string =>
  chooseText(achievement.title, locale).language
