import {
  type AchievementContent,
  type Award,
  learnerExample,
  normaliseAchievement,
  scoreCompleteness,
  stockholmDate,
} from '@mikromerit/credentials'
import { newId, Problem } from '@mikromerit/service-kit'
import type { Issuer } from '../organisations/issuers.ts'
import { buildPreviews } from '../previews/build-previews.ts'
import type { CredentialPreview } from '../previews/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { checkDefinition } from './check-definition.ts'
import type { AchievementDraft, AchievementTrial } from './schemas.ts'

/**
 * What storing a definition would say, without storing it: every finding, how much of the European standard is
 * stated, and what would be signed for a sample learner.
 * @throws Problem organisation-not-found
 */
export async function tryAchievement(
  runtime: Runtime,
  organisationId: string,
  { id = newId(), status: _, ...draft }: AchievementDraft,
): Promise<AchievementTrial> {
  const issuer = await runtime.issuers.find(organisationId)
  if (!issuer) throw new Problem('organisation-not-found')
  const target = { ...runtime, organisationId, id }
  const findings = await runtime.database.inOrganisation(organisationId, (tx) =>
    checkDefinition(tx, target, draft),
  )
  const content = normaliseAchievement(draft)
  const isAcceptable = findings.every(({ severity }) => severity !== 'error')
  return {
    findings,
    completeness: scoreCompleteness(content, issuer.profile),
    previews: isAcceptable ? previewSample(runtime, issuer, id, content) : [],
  }
}

function previewSample(
  { config, clock }: Runtime,
  issuer: Issuer,
  id: string,
  content: AchievementContent,
): CredentialPreview[] {
  const now = clock.now()
  const record = {
    organisation: { id: issuer.organisationId, ...issuer.profile },
    achievement: { id, version: 1, ...content },
    award: sampleAward(id, content, stockholmDate(now)),
  }
  return buildPreviews(record, { publicUrl: config.PUBLIC_URL, issuer, issuedAt: now })
}

/** An award of an invented learner, with the lowest passing grade where there are grades. */
function sampleAward(achievementId: string, content: AchievementContent, today: string): Award {
  const scheme = content.assessment.gradingScheme
  return {
    id: '00000000-0000-7000-8000-000000000000',
    achievementId,
    learner: learnerExample,
    awardedOn: today,
    ...(scheme && { result: { grade: scheme.passing, scheme } }),
  }
}
