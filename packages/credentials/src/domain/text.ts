import Type, { type Static } from 'typebox'

/** A text in one or more languages, keyed by BCP 47 tags: `{ "sv": "…", "en": "…" }`. */
export type LanguageMap = Readonly<Record<string, string>>

const languageTag = '^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$'

/** Longest texts, in characters: a title or label, and running text. */
export const shortText = 300
export const longText = 5000

/** The schema of a language map whose texts have at most `maxLength` characters. */
export const languageMap = (maxLength: number, description: string, example?: LanguageMap) =>
  Type.Unsafe<LanguageMap>({
    type: 'object',
    patternProperties: { [languageTag]: { type: 'string', minLength: 1, maxLength } },
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 24,
    description,
    ...(example && { examples: [example] }),
  })

export const LanguageMap = languageMap(longText, 'Text by BCP 47 language tag')

/** Text shown to people by us: always in both languages. */
export const LocalisedText = Type.Object(
  { sv: Type.String({ maxLength: longText }), en: Type.String({ maxLength: longText }) },
  { additionalProperties: false },
)
export type LocalisedText = Readonly<Static<typeof LocalisedText>>

export type Locale = 'sv' | 'en'

/**
 * The text in the wanted language, else in the other of Swedish and English, else in any.
 * Answers the tag too, since whoever shows one language must say which were left out.
 */
export function chooseText(text: LanguageMap, locale: Locale): { language: string; text: string } {
  const wanted = [locale, 'sv', 'en']
  const entries = Object.entries(text)
  const chosen =
    wanted.map((tag) => entries.find(([key]) => key.split('-', 1)[0] === tag)).find(Boolean) ??
    entries[0]
  return { language: chosen?.[0] ?? locale, text: chosen?.[1] ?? '' }
}

/** A calendar day, `YYYY-MM-DD`. */
export const day = (description: string) =>
  Type.String({ format: 'date', minLength: 10, maxLength: 10, description })

/** An absolute URI: `https:`, `http:` or `urn:`. */
export const uri = (description: string) =>
  Type.String({ pattern: '^(?:https?://|urn:)[^\\s"<>\\\\^`{|}]+$', maxLength: 2048, description })

/** A value of a code list: our short code or the concept's URI. Stored as the URI. */
export const code = (description: string) =>
  Type.String({ minLength: 1, maxLength: 300, pattern: '^\\S+$', description })

export const languageCode = (description: string) =>
  Type.String({ pattern: languageTag, maxLength: 35, description })
