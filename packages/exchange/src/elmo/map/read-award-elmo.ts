import { checkDraft, isAwardDraft } from '../../awards/check-draft.ts'
import { createDuplicateFinder } from '../../awards/find-duplicates.ts'
import type {
  AwardImportContext,
  ImportableAchievement,
  ImportItem,
  ImportRow,
} from '../../awards/import-item.ts'
import { holdsError, type ImportFinding, importFinding } from '../../findings/import-finding.ts'
import type { ElmoDocument, ElmoIssuer, ElmoOpportunity } from '../elmo.ts'
import { ownIdentifiers, readUuid } from '../identifiers.ts'
import { toPieces } from './to-pieces.ts'

export interface ElmoImportContext extends AwardImportContext {
  /** Whether a report is by the organisation that imports: nobody awards what another body attests. */
  readonly isOwnReport: (issuer: ElmoIssuer) => boolean
}

/**
 * Awards out of an ELMO file, for the awarding body itself. A learning opportunity whose definition is known becomes one
 * award; its parts are then its components. An altered file, or a learner without a name, gives no rows.
 */
export async function* readAwardElmo(
  document: ElmoDocument,
  context: ElmoImportContext,
): AsyncGenerator<ImportItem> {
  const tops = document.reports.flatMap(({ opportunities }) => opportunities)
  const ofWhole = document.findings.filter(({ path = '' }) => !tops.some((top) => holds(top, path)))
  yield { kind: 'header', cells: [], findings: ofWhole }
  if (holdsError(ofWhole)) return
  if (tops.length === 0) yield { kind: 'failed', finding: importFinding('IMPORT_EMPTY') }
  const reading = { document, context, findDuplicates: createDuplicateFinder() }
  let row = 0
  for (const { issuer, opportunities } of document.reports) {
    for (const opportunity of opportunities) {
      for (const candidate of await findCandidates(opportunity, context))
        yield readCandidate({ ...candidate, issuer, row: ++row }, reading)
    }
  }
}

interface Candidate {
  readonly opportunity: ElmoOpportunity
  readonly achievement: ImportableAchievement | undefined
}

/** The outermost opportunities with a known definition; the whole, when neither it nor any part has one. */
async function findCandidates(
  opportunity: ElmoOpportunity,
  context: AwardImportContext,
): Promise<Candidate[]> {
  const achievement = await findAchievement(opportunity, context)
  if (achievement) return [{ opportunity, achievement }]
  const parts: Candidate[] = []
  for (const part of opportunity.parts) parts.push(...(await findCandidates(part, context)))
  const known = parts.filter((part) => part.achievement)
  return known.length > 0 ? known : [{ opportunity, achievement: undefined }]
}

async function findAchievement(
  { identifiers }: ElmoOpportunity,
  context: AwardImportContext,
): Promise<ImportableAchievement | undefined> {
  for (const { scheme, value } of identifiers) {
    const code = scheme === ownIdentifiers.achievement ? (readUuid(value) ?? value) : value
    const achievement = await context.findAchievement(code)
    if (achievement) return achievement
  }
  return undefined
}

interface Reading {
  readonly document: ElmoDocument
  readonly context: ElmoImportContext
  readonly findDuplicates: ReturnType<typeof createDuplicateFinder>
}

function readCandidate(
  candidate: Candidate & { readonly issuer: ElmoIssuer; readonly row: number },
  { document, context, findDuplicates }: Reading,
): ImportRow {
  const { opportunity, achievement, issuer, row } = candidate
  const { line, path } = opportunity
  const written = document.findings.filter((found) => holds(opportunity, found.path ?? ''))
  const hindrance = findHindrance(candidate, context)
  const draft =
    achievement && !hindrance
      ? { ...toPieces(document.learner, issuer, opportunity).award, achievementId: achievement.id }
      : undefined
  const { id: _, ...drafted } = draft ?? {}
  const checked =
    draft && achievement ? checkDraft(drafted, { achievement, today: context.today }) : []
  const isDraft = draft !== undefined && isAwardDraft(drafted)
  const findings = [
    ...written,
    ...(hindrance ? [hindrance] : []),
    ...(achievement && !hindrance ? checkCredits(opportunity, achievement) : []),
    ...checked,
    ...(isDraft ? findDuplicates(drafted, row) : []),
  ].map((found) => ({ line, path, ...found, row }))
  return {
    kind: 'row',
    row,
    line,
    ...(isDraft && !holdsError(findings) && { draft: drafted }),
    findings,
    cells: [],
  }
}

function findHindrance(
  { opportunity, achievement, issuer }: Candidate & { readonly issuer: ElmoIssuer },
  { isOwnReport }: ElmoImportContext,
): ImportFinding | undefined {
  if (!isOwnReport(issuer)) return importFinding('ELMO_OTHER_ORGANISATION')
  if (opportunity.status !== 'passed') return importFinding('ELMO_NOT_PASSED')
  return achievement ? undefined : importFinding('ACHIEVEMENT_UNKNOWN')
}

/** Credits in the file are those of the definition, or the file is about something else. */
const checkCredits = (
  { credits }: ElmoOpportunity,
  { content }: ImportableAchievement,
): ImportFinding[] =>
  credits.some(({ framework, value }) => {
    const defined = content.workload?.credits?.find((credit) => credit.framework === framework)
    return defined !== undefined && defined.value !== value
  })
    ? [importFinding('WORKLOAD_CONTRADICTS')]
    : []

const holds = ({ path }: ElmoOpportunity, inner: string): boolean =>
  inner === path || inner.startsWith(`${path}/`)
