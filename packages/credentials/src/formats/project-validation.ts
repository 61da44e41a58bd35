import type { AwardRecord } from '../domain/award.ts'
import type { LearningOutcome } from '../domain/learning.ts'
import type { Organisation } from '../domain/organisation.ts'
import type { LanguageMap } from '../domain/text.ts'
import type { Validation } from '../domain/validation.ts'
import { omitAbsent } from './omit-absent.ts'

/** The outcomes the learner gets: all of them, or those a validation found to be achieved. */
export function findRecognisedOutcomes({
  achievement,
  award,
}: AwardRecord): readonly LearningOutcome[] {
  const results = award.validation?.outcomes
  if (!results) return achievement.learningOutcomes
  const achieved = new Set(
    results.filter(({ result }) => result === 'achieved').map(({ outcomeId }) => outcomeId),
  )
  return achievement.learningOutcomes.filter(({ id = '' }) => achieved.has(id))
}

/** The `validation` claim: how, against what and by which organisations. Persons are never named. */
export function projectValidation(
  { purpose, methods, standard, assessors }: Validation,
  organisation: Organisation,
  say: (text: LanguageMap) => string,
) {
  const assessedBy = (assessors ?? []).map((assessor) =>
    say((assessor.organisation ?? organisation).legalName),
  )
  return omitAbsent({
    purpose,
    methods,
    standard:
      standard &&
      omitAbsent({
        title: say(standard.title),
        uri: standard.uri,
        version: standard.version,
        owned_by: standard.ownedBy && say(standard.ownedBy),
      }),
    assessed_by: assessedBy.length > 0 ? [...new Set(assessedBy)] : [say(organisation.legalName)],
  })
}
