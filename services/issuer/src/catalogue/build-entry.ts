import {
  type AchievementContent,
  creditFrameworks,
  findConcept,
  findFieldOfEducation,
} from '@mikromerit/credentials'

/** Texts of a definition by the way they are searched, and what it can be filtered by. */
export interface SearchableEntry {
  readonly title: SearchText
  readonly text: SearchText
  readonly facets: string[]
  /** Hundredths of credits by code of their system. */
  readonly credits: Record<string, number>
}

interface SearchText {
  readonly sv: string
  readonly en: string
  readonly other: string
}

type LanguageMap = Readonly<Record<string, string>>

/** PostgreSQL takes a megabyte of words at most; what lies beyond this nobody searches for. */
const maxText = 60_000

/** Prepares a definition for being found. Pure. */
export const buildSearchableEntry = (
  content: AchievementContent,
  organisationName: LanguageMap,
): SearchableEntry => ({
  title: joinTexts([content.title]),
  text: joinTexts(listTexts(content, organisationName)),
  facets: listFacets(content),
  credits: Object.fromEntries(
    (content.workload?.credits ?? []).map(({ framework, value }) => [
      findConcept(creditFrameworks, framework)?.code ?? framework,
      Math.round(value * 100),
    ]),
  ),
})

const listTexts = (content: AchievementContent, organisationName: LanguageMap) => [
  organisationName,
  content.description,
  content.prerequisites,
  content.furtherInformation,
  ...(content.targetGroups ?? []),
  ...content.learningOutcomes.map(({ title }) => title),
  ...[content, ...content.learningOutcomes].flatMap(({ skills }) =>
    (skills ?? []).map(({ label }) => label),
  ),
]

function joinTexts(texts: readonly (LanguageMap | undefined)[]): SearchText {
  const words: Record<keyof SearchText, string[]> = { sv: [], en: [], other: [] }
  for (const text of texts)
    for (const [tag, value] of Object.entries(text ?? {})) {
      const language = tag.toLowerCase().split('-', 1)[0]
      words[language === 'sv' || language === 'en' ? language : 'other'].push(value)
    }
  const join = (list: readonly string[]) => list.join('\n').slice(0, maxText)
  return { sv: join(words.sv), en: join(words.en), other: join(words.other) }
}

function listFacets(content: AchievementContent): string[] {
  const { levels = [], fields = [], participation, workload } = content
  const skills = [content, ...content.learningOutcomes].flatMap(({ skills: list }) => list ?? [])
  return [
    ...new Set([
      ...levels.map(({ framework, level }) => levelFacet(framework, level)),
      ...fields.flatMap(listFieldFacets),
      ...skills.map(({ uri }) => `skill:${uri}`),
      ...participation.languages.map((tag) => languageFacet(tag)),
      ...(workload?.credits ?? []).flatMap(({ framework }) => {
        const concept = findConcept(creditFrameworks, framework)
        return concept ? [`credits:${concept.code}`] : []
      }),
      `setting:${content.setting}`,
    ]),
  ]
}

/** A field and the broader ones it lies in: ISCED-F is told by the beginning of its code. */
function listFieldFacets(uriOrCode: string): string[] {
  const code = findFieldOfEducation(uriOrCode)?.code
  if (code === undefined) return []
  return [2, 3, 4]
    .filter((length) => length <= code.length)
    .map((length) => fieldFacet(code.slice(0, length)))
}

export const levelFacet = (framework: string, level: number) =>
  `level:${framework.toUpperCase()}:${level}`
export const fieldFacet = (code: string) => `field:${code}`
export const languageFacet = (tag: string) => `language:${tag.toLowerCase().split('-', 1)[0]}`
