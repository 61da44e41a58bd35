import { type AwardRecord, findRecognisedOutcomes, type LanguageMap } from '@mikromerit/credentials'

/** The title, which for a validation that recognised some outcomes only names the part (domain.md section 5). */
export function describeTitle(record: AwardRecord): LanguageMap {
  const { title, learningOutcomes } = record.achievement
  const recognised = findRecognisedOutcomes(record).length
  const total = learningOutcomes.length
  if (recognised === total) return title
  const named = Object.entries(title).map(([tag, text]) => {
    const part = /^sv\b/.test(tag)
      ? `delvis: ${recognised} av ${total} läranderesultat`
      : `in part: ${recognised} of ${total} learning outcomes`
    return [tag, `${text} (${part})`] as const
  })
  return Object.fromEntries(named)
}
