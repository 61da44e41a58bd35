import { type CodeList, findConcept } from '../../code-lists/code-list.ts'
import type { AwardRecord } from '../../domain/award.ts'
import { chooseText, type LanguageMap, type Locale, type LocalisedText } from '../../domain/text.ts'
import { buildAchievementUrl } from '../achievement-url.ts'

/** What the parts of a badge need to be written in one language and with stable addresses. */
export interface BadgeWriter {
  readonly record: AwardRecord
  readonly locale: Locale
  /** The Credential Issuer Identifier. */
  readonly issuer: string
  /** Where the definition is described; parts of it are its fragments. */
  readonly achievementUrl: string
  /** A text in the language of the badge, or what comes nearest. */
  say(text: LanguageMap): string
  word(text: LocalisedText): string
  /** The label of a code in a list, or the code itself. */
  label(list: CodeList, uri: string): string
}

export const createBadgeWriter = (
  record: AwardRecord,
  { issuer, locale }: { readonly issuer: string; readonly locale: Locale },
): BadgeWriter => ({
  record,
  locale,
  issuer,
  achievementUrl: buildAchievementUrl(record, issuer),
  say: (text) => chooseText(text, locale).text,
  word: (text) => text[locale],
  label: (list, uri) => findConcept(list, uri)?.labels[locale] ?? uri,
})
