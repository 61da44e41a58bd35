import { findConcept } from '../../code-lists/code-list.ts'
import { creditFrameworks } from '../../code-lists/credits.ts'
import { findFieldOfEducation } from '../../code-lists/fields-of-education.ts'
import type { AwardRecord } from '../../domain/award.ts'
import { chooseText } from '../../domain/text.ts'
import { omitAbsent } from '../omit-absent.ts'
import type { BadgeWriter } from './badge-writer.ts'
import { projectAlignments } from './project-alignments.ts'
import { projectCriteria } from './project-criteria.ts'
import { projectCreator, projectIdentifiers } from './project-profiles.ts'
import { headings } from './words.ts'

/** The definition, in one language, with its siblings in other languages as related (domain.md 3.6). */
export function projectAchievement(writer: BadgeWriter, image: string | undefined) {
  const { record, achievementUrl, say, locale } = writer
  const { achievement } = record
  const { language } = chooseText(achievement.title, locale)
  const others = Object.keys(achievement.title).filter((tag) => tag !== language)
  const related = others.filter(isLanguageCode).map((tag) => ({
    id: achievementUrl,
    type: ['Related'],
    inLanguage: tag,
    version: String(achievement.version),
  }))
  const [field] = achievement.fields ?? []
  const code = field && findFieldOfEducation(field)?.code
  return omitAbsent({
    id: achievementUrl,
    type: ['Achievement'],
    achievementType: 'MicroCredential',
    creator: projectCreator(writer),
    name: say(achievement.title),
    // Demanded by the format; where there is none, the name says as much as we know.
    description: say(achievement.description ?? achievement.title),
    image: image === undefined ? undefined : { id: image, type: 'Image' },
    inLanguage: isLanguageCode(language) ? language : undefined,
    version: String(achievement.version),
    humanCode: achievement.identifiers?.find(({ scheme }) => scheme === 'ladok')?.value,
    otherIdentifier: projectIdentifiers(achievement.identifiers),
    creditsAvailable: findEcts(record),
    fieldOfStudy: code ? `ISCED-F ${code}` : undefined,
    tag: achievement.targetGroups?.map(say),
    criteria: omitAbsent({ id: achievement.homepage, narrative: projectCriteria(writer) }),
    alignment: projectAlignments(writer),
    related: related.length > 0 ? related : undefined,
    resultDescription: projectResultDescription(writer),
  })
}

/** Open Badges counts credits without a system: only ECTS may stand where others will take it for ECTS. */
export const findEcts = ({ achievement }: AwardRecord): number | undefined =>
  achievement.workload?.credits?.find(
    ({ framework }) => findConcept(creditFrameworks, framework)?.code === 'ects',
  )?.value

export const gradeUrl = ({ achievementUrl }: BadgeWriter) => `${achievementUrl}#grade`

function projectResultDescription(writer: BadgeWriter) {
  const { record, say, word } = writer
  const { result } = record.award
  if (!result) return undefined
  const { scheme } = result
  const name = word(headings.grade)
  return [
    omitAbsent({
      id: gradeUrl(writer),
      type: ['ResultDescription'],
      name: scheme ? `${name} (${say(scheme.title)})` : name,
      resultType: 'LetterGrade',
      allowedValue: scheme?.values,
      requiredValue: scheme?.passing,
    }),
  ]
}

/** What the JSON Schema takes for a language; other tags of BCP 47 are left out. */
const isLanguageCode = (tag: string) =>
  /^[a-z]{2,4}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$/.test(tag)
