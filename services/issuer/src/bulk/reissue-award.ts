import { type AwardDraft, checkAward, stockholmDate } from '@mikromerit/credentials'
import type { Transaction } from '@mikromerit/service-kit'
import type { AwardRow } from '../awards/award-view.ts'
import { findRefusal } from '../awards/insert-award.ts'
import { openAward } from '../awards/sealed-award.ts'
import type { FileDefinitions } from '../imports/definitions.ts'
import type { JobRowDraft } from '../jobs/progress.ts'
import { findFormatRefusal } from '../offers/check-formats.ts'
import { createOffer } from '../offers/create-offer.ts'
import type { Issuer } from '../organisations/issuers.ts'
import { replaceAward } from '../replacements/replace-award.ts'
import type { Runtime } from '../runtime.ts'
import type { ReissueDraft } from './schemas.ts'

interface Reissue {
  /** Locked and valid. */
  readonly old: AwardRow
  readonly action: ReissueDraft
  readonly issuer: Issuer
  readonly definitions: FileDefinitions
  readonly decidedBy: string
}

/** Makes an award anew of the newest version of its definition: the same content, checked by today's rules. */
export async function reissueAward(
  runtime: Runtime,
  tx: Transaction,
  { old, action, issuer, definitions, decidedBy }: Reissue,
): Promise<Pick<JobRowDraft, 'outcome' | 'details'>> {
  const content = openAward(runtime.vault, old, old)
  const awardable = definitions.of(old.achievementId)
  if (!content || !awardable) return refused('achievement-archived')
  const { definition } = awardable
  // What was normalised once is a draft as it stands; a scale that is the definition's own is taken from there anew.
  const draft: AwardDraft = { ...content, achievementId: definition.id }
  const findings = checkAward(draft, definition, stockholmDate(runtime.clock.now()))
  if (findings.some(({ severity }) => severity === 'error')) return refused('award-invalid')
  const prepared = { issuer, ...awardable, draft, findings }
  const candidate = { achievement: definition, award: draft }
  const refusal =
    (await findRefusal(tx, prepared)) ?? findFormatRefusal(issuer, action.offer, candidate)
  if (refusal) return refused(refusal)
  const made = await replaceAward(runtime, tx, { old, prepared, reason: action.reason, decidedBy })
  const options = action.offer && { issuer, awardId: made.id, options: action.offer }
  return {
    outcome: 'done',
    details: {
      supersededBy: made.id,
      ...(options && { offer: createOffer(runtime, tx, options) }),
    },
  }
}

const refused = (code: string) => ({ outcome: 'refused' as const, details: { code } })
