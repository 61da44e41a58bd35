import { findConcept } from '../code-lists/code-list.ts'
import { creditFrameworks } from '../code-lists/credits.ts'
import type { AwardRecord } from '../domain/award.ts'
import type { Agent } from '../domain/organisation.ts'
import { chooseText, type LanguageMap, type Locale } from '../domain/text.ts'
import { buildAchievementUrl } from '../formats/achievement-url.ts'
import { omitAbsent } from '../formats/omit-absent.ts'
import { describeTitle } from '../formats/project-learning-credential.ts'

export interface CompactOptions {
  /** The Credential Issuer Identifier, below which definitions have their addresses. */
  readonly issuer: string
  /** The language of texts, where there is a choice. Default Swedish. */
  readonly locale?: Locale
}

type Say = (text: LanguageMap) => string

/**
 * The claims of a compact credential: what somebody with a piece of paper must know, under names of one letter
 * (docs/reference/compact-credential.md). Registered claims (`iss`, `exp`, `status` …) are the issuer's.
 */
export function projectCompact(
  record: AwardRecord,
  { issuer, locale = 'sv' }: CompactOptions,
): Record<string, unknown> {
  const { achievement, award, organisation } = record
  const say: Say = (text) => chooseText(text, locale).text
  const { hours, credits } = achievement.workload ?? {}
  return omitAbsent({
    t: describeTitle(record, say, locale),
    l: chooseText(achievement.title, locale).language,
    o: nameBody(organisation, say),
    // Absent when the organisation itself decided the award.
    b: award.awardingBodies?.map((body) => nameBody(body, say)),
    g: award.learner.givenName,
    f: award.learner.familyName,
    d: award.awardedOn,
    u: award.validUntil,
    v: achievement.levels?.map(({ framework, level }) => [framework, level]),
    c: credits?.map(({ framework, value }) => [
      findConcept(creditFrameworks, framework)?.code ?? framework,
      value,
    ]),
    h: hours,
    r: award.result?.grade,
    // That there was no course is never left out, however little room there is.
    w: award.validation?.purpose,
    s: buildAchievementUrl(record, issuer),
    a: award.id,
  })
}

const nameBody = ({ legalName, country }: Agent, say: Say) =>
  country === undefined ? [say(legalName)] : [say(legalName), country]
