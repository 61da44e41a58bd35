import { normaliseAward } from '@mikromerit/credentials'
import { findFormatRefusal } from '../offers/check-formats.ts'
import { buildPreviews } from '../previews/build-previews.ts'
import type { Runtime } from '../runtime.ts'
import { examineAward, findRefusal, type PreparedAward } from './insert-award.ts'
import { findCreatorOf } from './lock-award.ts'
import type { AwardDraft, AwardTrial } from './schemas.ts'

/**
 * What awarding would say, without recording anything: every finding, what else stands against it, and what would be
 * signed in each format that is to be offered.
 * @throws Problem organisation-not-found, achievement-not-found, not-delegated
 */
export async function tryAward(
  runtime: Runtime,
  organisationId: string,
  { offer, ...draft }: AwardDraft,
): Promise<AwardTrial> {
  const examined = await examineAward(runtime, organisationId, draft)
  const candidate = { achievement: examined.definition, award: draft }
  const refusal =
    (await runtime.database.inOrganisation(organisationId, (tx) => findRefusal(tx, examined))) ??
    findFormatRefusal(examined.issuer, offer, candidate)
  const isAcceptable = examined.findings.every(({ severity }) => severity !== 'error')
  const previews = isAcceptable ? await previewAward(runtime, examined) : []
  const wanted = offer?.formats
  return {
    findings: [...examined.findings],
    ...(refusal !== undefined && { refusal }),
    previews: previews.filter(({ format }) => !wanted || wanted.some((one) => one === format)),
  }
}

async function previewAward(runtime: Runtime, examined: PreparedAward) {
  const { issuer, definition, creatorId, draft } = examined
  const creator = await findCreatorOf(runtime, issuer.organisationId, creatorId)
  const record = {
    organisation: { id: issuer.organisationId, ...issuer.profile },
    achievement: definition,
    award: { ...normaliseAward(draft, definition), id: sampleId },
    ...(creator && { creator }),
  }
  const { config, clock } = runtime
  return buildPreviews(record, { issuer, publicUrl: config.PUBLIC_URL, issuedAt: clock.now() })
}

/** No award has it: ids are made when something is recorded. */
const sampleId = '00000000-0000-7000-8000-000000000000'
