import { isObject } from '../../jose/json.ts'
import { readTypes } from '../../vc-jose/read-credential.ts'
import type { CodedValue, MicroCredential } from '../micro-credential.ts'
import { omitAbsent, omitEmpty } from '../omit-absent.ts'
import { type Claims, readNumber, readText } from '../read-claims.ts'
import { toPlainText } from './markdown.ts'
import { readAlignedElements, some } from './read-achievement.ts'
import { readAlignments } from './read-alignments.ts'
import { readEducredential } from './read-educredential.ts'

/** The elements of the standard, from alignments, the educredential terms and what Open Badges has itself. */
export function readAchievementElements(achievement: Claims, subject: Claims) {
  const aligned = readAlignedElements(readAlignments(achievement))
  const dutch = readEducredential(achievement)
  const { modes, types, supervision } = dutch
  const languages = readLanguages(achievement)
  return omitAbsent({
    ...aligned,
    workload: readWorkload(aligned.workload, dutch.workload, achievement, subject),
    participation: omitEmpty({
      modes: merge(aligned.participation?.modes, modes),
      languages: aligned.participation?.languages ?? languages,
    }),
    assessment: omitEmpty({
      types: merge(aligned.assessment?.types, types),
      supervision: aligned.assessment?.supervision ?? supervision,
    }),
    validation: dutch.validation,
    // With the outcomes at hand the criteria only repeat them; without, they are the best there is.
    furtherInformation: aligned.learningOutcomes ? undefined : readCriteria(achievement.criteria),
  })
}

function readWorkload(
  aligned: MicroCredential['workload'],
  dutch: MicroCredential['workload'],
  achievement: Claims,
  subject: Claims,
): MicroCredential['workload'] {
  const hours = aligned?.hours ?? dutch?.hours
  const credits = aligned?.credits ?? dutch?.credits
  if (hours !== undefined || credits) return omitAbsent({ hours, credits })
  // A number without a system: 3 could be of any, and we say so.
  const number = readNumber(subject.creditsEarned) ?? readNumber(achievement.creditsAvailable)
  if (number === undefined) return undefined
  return { credits: [{ framework: { text: 'credits' }, value: number }] }
}

/** The language of a badge is that of its text; only educredentials mean the language of instruction. */
function readLanguages(achievement: Claims): string[] | undefined {
  const isDutch = readTypes(achievement.type)?.includes('EducredentialAchievement') ?? false
  const language = readText(achievement.inLanguage)
  return isDutch && language !== undefined ? [language] : undefined
}

const readCriteria = (criteria: unknown): string | undefined => {
  const narrative = isObject(criteria) ? readText(criteria.narrative) : undefined
  return narrative === undefined ? undefined : toPlainText(narrative)
}

const merge = (values: CodedValue[] | undefined, more: CodedValue | undefined) =>
  some([...(values ?? []), more], 200)
