import { isObject, parseJson } from '@mikromerit/credentials'
import { checkDraft, isAwardDraft } from '../awards/check-draft.ts'
import { createDuplicateFinder } from '../awards/find-duplicates.ts'
import type { AwardImportContext, ImportItem, ImportRow } from '../awards/import-item.ts'
import { ImportFault } from '../findings/import-fault.ts'
import { holdsError, type ImportFinding, importFinding } from '../findings/import-finding.ts'
import type { ByteSource } from '../text/byte-source.ts'
import { decodeText } from '../text/decode-text.ts'
import { type JsonLimits, type JsonPiece, jsonLimits, splitJson } from './split-json.ts'

/**
 * Awards out of JSON, as it arrives: an array of awards as our API takes them, or one per line. An award without
 * `achievementId` is of the definition the file is about. Never throws on what a stranger wrote.
 */
export async function* readAwardJson(
  source: ByteSource,
  context: AwardImportContext,
  limits: Partial<JsonLimits> = {},
): AsyncGenerator<ImportItem> {
  const all = { ...jsonLimits, ...limits }
  const findDuplicates = createDuplicateFinder()
  let isEmpty = true
  yield { kind: 'header', cells: ['JSON'], findings: [] }
  try {
    for await (const piece of splitJson(decodeText(source, all.bytes), all)) {
      isEmpty = false
      yield await readPiece(piece, context, findDuplicates)
    }
    if (isEmpty) yield { kind: 'failed', finding: importFinding('IMPORT_EMPTY') }
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error
    yield { kind: 'failed', finding: error.finding }
  }
}

async function readPiece(
  { row, line, text }: JsonPiece,
  context: AwardImportContext,
  findDuplicates: ReturnType<typeof createDuplicateFinder>,
): Promise<ImportRow> {
  const parsed = parseJson(text)
  const { draft, findings } = parsed.ok
    ? await readDraft(parsed.value, context)
    : { draft: undefined, findings: [importFinding(toCode(parsed.code))] }
  const all = draft ? [...findings, ...findDuplicates(draft, row)] : findings
  return {
    kind: 'row',
    row,
    line,
    ...(draft && !holdsError(all) && { draft }),
    findings: all.map((found) => ({ ...found, row, line })),
    cells: [text],
  }
}

async function readDraft(value: unknown, { findAchievement, today }: AwardImportContext) {
  const stated = isObject(value) ? value.achievementId : undefined
  const achievement = await findAchievement(typeof stated === 'string' ? stated : undefined)
  if (!achievement || (stated !== undefined && typeof stated !== 'string')) {
    const findings: ImportFinding[] = [
      importFinding('ACHIEVEMENT_UNKNOWN', { field: '/achievementId' }),
    ]
    return { draft: undefined, findings }
  }
  const draft: unknown = isObject(value) ? { ...value, achievementId: achievement.id } : value
  const findings = checkDraft(draft, { achievement, today })
  return { draft: isAwardDraft(draft) ? draft : undefined, findings }
}

const toCode = (code: string) =>
  code === 'json_too_deep' || code === 'json_too_large' ? 'JSON_TOO_DEEP' : 'JSON_MALFORMED'
