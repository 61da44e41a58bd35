import { findConcept } from '../../code-lists/code-list.ts'
import { eqfLevels } from '../../code-lists/levels.ts'
import { isObject } from '../../jose/json.ts'
import { accept, type Result, refuse } from '../../result.ts'
import { parseDateTimeStamp } from '../../vc-jose/date-time.ts'
import { readElements, readTypes } from '../../vc-jose/read-credential.ts'
import { type Loss, loss } from '../loss.ts'
import { omitAbsent, omitEmpty } from '../omit-absent.ts'
import { type Claims, readNumber, readText } from '../read-claims.ts'
import { toPlainText } from './markdown.ts'
import type { NormalisedBadge } from './normalised-badge.ts'
import { readAlignedElements } from './read-achievement.ts'
import { readAlignments } from './read-alignments.ts'
import { ectsFramework } from './read-educredential.ts'
import { readDay, readProfile } from './read-profile.ts'

const openBadges2Contexts: readonly unknown[] = [
  'https://w3id.org/openbadges/v2',
  'https://w3id.org/openbadges/v1',
]

/** Whether it is an assertion of Open Badges 2.0 (or 1.1): hosted somewhere, signed by nobody we could ask. */
export const isAssertion = (document: Claims): boolean =>
  (readElements(document['@context'])?.some((one) => openBadges2Contexts.includes(one)) ?? false) &&
  (readTypes(document.type)?.includes('Assertion') ?? false)

/** Reads an assertion whose BadgeClass is embedded; to fetch one that is not is the caller's. */
export function normaliseAssertion(
  assertion: Claims,
): Result<NormalisedBadge, 'achievement_missing'> {
  const { badge } = assertion
  if (!isObject(badge))
    return refuse('achievement_missing', 'The assertion only names its badge class.')
  const title = readText(badge.name)
  if (title === undefined) return refuse('achievement_missing', 'The badge class has no name.')
  const criteria = isObject(badge.criteria) ? readText(badge.criteria.narrative) : undefined
  const extended = readExtensions(badge)
  return accept({
    version: '2.0',
    isSelfDeclared: true,
    microCredential: {
      type: 'Assertion',
      title,
      issuer: readProfile(badge.issuer) ?? {},
      ...omitAbsent({
        ...readAlignedElements(readAlignments(badge)),
        ...extended,
        description: readText(badge.description),
        awardedOn: readDay(assertion.issuedOn),
        issuedAt: parseDateTimeStamp(assertion.issuedOn)?.toISOString(),
        validUntil: readDay(assertion.expires),
        expiresAt: parseDateTimeStamp(assertion.expires)?.toISOString(),
        learner: readRecipient(assertion.recipient),
        furtherInformation: criteria && toPlainText(criteria),
        achievementId: readText(badge.id),
      }),
    },
    losses: findAssertionLosses(assertion, badge),
  })
}

/** Extensions of the Dutch edubadges to a badge class, each an object with one value of its own. */
function readExtensions(badge: Claims) {
  const read = (extension: string, member: string): unknown => {
    const value = badge[`extensions:${extension}`]
    return isObject(value) ? value[member] : undefined
  }
  const ects = readNumber(read('ECTSExtension', 'ECTS'))
  const level = readNumber(read('EQFExtension', 'EQF'))
  const concept = level === undefined ? undefined : findConcept(eqfLevels, String(level))
  const outcome = readText(read('LearningOutcomeExtension', 'LearningOutcome'))
  // Written nl_NL there, where BCP 47 has a hyphen.
  const language = readText(read('LanguageExtension', 'Language'))?.replace('_', '-')
  return omitAbsent({
    workload: omitEmpty({
      credits: ects === undefined ? undefined : [{ framework: ectsFramework, value: ects }],
    }),
    levels: concept && [{ framework: 'EQF', level: Number(concept.code), uri: concept.uri }],
    learningOutcomes: outcome === undefined ? undefined : [toPlainText(outcome)],
    participation: language === undefined ? undefined : { languages: [language] },
  })
}

function readRecipient(recipient: unknown) {
  if (!isObject(recipient) || recipient.hashed === true) return undefined
  return omitEmpty({ identification: readText(recipient.identity) })
}

const assertionMembers = ['evidence', 'narrative', 'image']
const badgeClassMembers = [
  'image',
  'tags',
  'extensions:EducationProgramIdentifierExtension',
  'extensions:StudyLoadExtension',
  'extensions:TimeInvestmentExtension',
]

function findAssertionLosses(assertion: Claims, badge: Claims): Loss[] {
  const pointers = [
    ...assertionMembers.filter((name) => assertion[name] !== undefined).map((name) => `/${name}`),
    ...badgeClassMembers
      .filter((name) => badge[name] !== undefined)
      .map((name) => `/badge/${name}`),
  ]
  return pointers.map((pointer) => loss('LOSS_NOT_CARRIED', pointer))
}
