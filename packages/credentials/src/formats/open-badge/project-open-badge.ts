import type { BitstringStatusListEntry } from '../../bitstring-status-list/status-entry.ts'
import type { AwardRecord } from '../../domain/award.ts'
import type { Locale } from '../../domain/text.ts'
import { credentialsV2Context } from '../../vc-jose/read-credential.ts'
import type { Loss } from '../loss.ts'
import { omitAbsent } from '../omit-absent.ts'
import { describeTitle } from '../project-learning-credential.ts'
import { findRecognisedOutcomes } from '../project-validation.ts'
import { type BadgeWriter, createBadgeWriter } from './badge-writer.ts'
import { escapeMarkdown } from './markdown.ts'
import { nameBasedUrn } from './name-based-uuid.ts'
import { findOpenBadgeLosses } from './open-badge-losses.ts'
import { findEcts, gradeUrl, projectAchievement } from './project-achievement.ts'
import { projectEvidence } from './project-evidence.ts'
import { projectIdentity } from './project-identity.ts'
import { projectIssuer, projectSource } from './project-profiles.ts'
import { openBadgesContext, openBadgesSchema } from './vocabulary.ts'

export interface OpenBadgeOptions {
  /** The Credential Issuer Identifier, below which definitions have their addresses. */
  readonly issuer: string
  /** A badge speaks one language. Default Swedish. */
  readonly locale?: Locale
  /** When it is sealed. */
  readonly validFrom: Date
  /** The holder's identifier. Default: one of this award alone, which nobody can link to another. */
  readonly subjectId?: string
  /** One entry, or several: the data model allows them, the JSON Schema of Open Badges only one. */
  readonly status?: BitstringStatusListEntry | readonly BitstringStatusListEntry[]
  /** Address of the badge's picture, or the picture as data URI. */
  readonly image?: string
  /** Id of the credential, when one of its own is wanted. Default: made of the award's. */
  readonly credentialId?: string
}

export interface OpenBadgeProjection {
  /** Unsigned. The same award and options give the same badge, to the last character. */
  readonly credential: Record<string, unknown>
  readonly losses: Loss[]
}

/** Projects an award onto an Open Badge 3.0 (domain.md 3.3). Everything in it is visible to whoever sees it. */
export function projectOpenBadge(
  record: AwardRecord,
  options: OpenBadgeOptions,
): OpenBadgeProjection {
  const { issuer, locale = 'sv', validFrom, subjectId, status, image } = options
  const writer = createBadgeWriter(record, { issuer, locale })
  const { award } = record
  const credential = omitAbsent({
    '@context': [credentialsV2Context, openBadgesContext],
    id: options.credentialId ?? nameBasedUrn('open-badge', award.id, locale),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: describeTitle(record, writer.say, locale),
    issuer: projectIssuer(writer),
    validFrom: `${validFrom.toISOString().slice(0, 19)}Z`,
    // Only where the competence itself must be renewed: a badge does not run out because a document does.
    validUntil: award.validUntil && `${award.validUntil}T23:59:59Z`,
    awardedDate: `${award.awardedOn}T00:00:00Z`,
    credentialSubject: projectSubject(writer, subjectId, image),
    evidence: projectEvidence(writer),
    credentialSchema: [openBadgesSchema],
    credentialStatus: status,
  })
  return { credential, losses: findOpenBadgeLosses(record) }
}

function projectSubject(
  writer: BadgeWriter,
  subjectId: string | undefined,
  image: string | undefined,
) {
  const { award } = writer.record
  const { activity, result } = award
  return omitAbsent({
    id: subjectId ?? nameBasedUrn('open-badge-subject', award.id),
    type: ['AchievementSubject'],
    identifier: projectIdentity(award.learner),
    source: projectSource(writer),
    activityStartDate: activity?.start && `${activity.start}T00:00:00Z`,
    activityEndDate: activity?.end && `${activity.end}T00:00:00Z`,
    narrative: activity?.description && escapeMarkdown(writer.say(activity.description)),
    // A partial recognition does not earn the credits of the whole (domain.md section 5).
    creditsEarned: isPartial(writer.record) ? undefined : findEcts(writer.record),
    achievement: projectAchievement(writer, image),
    result: result && [
      { type: ['Result'], resultDescription: gradeUrl(writer), value: result.grade },
    ],
  })
}

const isPartial = (record: AwardRecord) =>
  findRecognisedOutcomes(record).length < record.achievement.learningOutcomes.length
