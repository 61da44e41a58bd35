import { isObject } from '../../jose/json.ts'
import { accept, type Result, refuse } from '../../result.ts'
import { parseDateTimeStamp } from '../../vc-jose/date-time.ts'
import { readElements, readTypes } from '../../vc-jose/read-credential.ts'
import { omitAbsent } from '../omit-absent.ts'
import { type Claims, readText } from '../read-claims.ts'
import { findBadgeLosses } from './badge-losses.ts'
import { isAssertion, normaliseAssertion } from './normalise-assertion.ts'
import type { NormalisedBadge } from './normalised-badge.ts'
import { readAchievementElements } from './read-elements.ts'
import { readEvidence } from './read-evidence.ts'
import { readDay, readProfile } from './read-profile.ts'
import { readLearner, readResult } from './read-subject.ts'

export type OpenBadgeRefusal = 'not_an_open_badge' | 'achievement_missing'

/**
 * Reads a micro-credential out of an Open Badge of anybody: 3.0 on either version of the data model, with the terms
 * of the Dutch educredential, or a 2.0 assertion. Never throws on what a stranger wrote, and checks no signature.
 */
export function normaliseOpenBadge(
  document: Readonly<Record<string, unknown>>,
): Result<NormalisedBadge, OpenBadgeRefusal> {
  if (isAssertion(document)) return normaliseAssertion(document)
  const types = readTypes(document.type) ?? []
  const type = ['OpenBadgeCredential', 'AchievementCredential'].find((one) => types.includes(one))
  if (type === undefined) return refuse('not_an_open_badge', 'The document is not an Open Badge.')
  const [subject] = readElements(document.credentialSubject) ?? []
  const achievement = isObject(subject) ? subject.achievement : undefined
  if (!isObject(subject) || !isObject(achievement))
    return refuse('achievement_missing', 'The badge does not say what was achieved.')
  return accept({
    version: '3.0',
    isSelfDeclared: false,
    microCredential: {
      type,
      title: readText(document.name) ?? readText(achievement.name) ?? type,
      issuer: readProfile(document.issuer) ?? {},
      ...omitAbsent({
        ...readAward(document, subject, achievement),
        ...readAchievementElements(achievement, subject),
        ...readEvidence(document.evidence),
      }),
    },
    losses: findBadgeLosses(document, subject, achievement),
  })
}

function readAward(badge: Claims, subject: Claims, achievement: Claims) {
  const issued = badge.validFrom ?? badge.issuanceDate
  const until = badge.validUntil ?? badge.expirationDate
  const source = readProfile(subject.source)
  const description = readText(achievement.description)
  return {
    // Ours repeat the name where there is no description, because the format demands one.
    description: description === readText(achievement.name) ? undefined : description,
    awardingBodies: source && [source],
    awardedOn: readDay(badge.awardedDate ?? issued),
    validUntil: readDay(until),
    issuedAt: parseDateTimeStamp(issued)?.toISOString(),
    expiresAt: parseDateTimeStamp(until)?.toISOString(),
    learner: readLearner(subject),
    result: readResult(subject, achievement),
    achievementId: readText(achievement.id),
  }
}
