import { setImmediate } from 'node:timers/promises'
import { type AwardFile, createAwardFile } from '@mikromerit/exchange'
import { newId } from '@mikromerit/service-kit'
import type { AwardRow } from '../awards/award-view.ts'
import type { AwardFilter } from '../awards/filter.ts'
import { openAward } from '../awards/sealed-award.ts'
import { pageAwards } from '../awards/select-awards.ts'
import type { Runtime } from '../runtime.ts'
import type { AwardListExportQuery } from './list-schemas.ts'

/** Awards in memory at once. */
const pageSize = 200

/** Awards of an organisation as the pieces of a file, a page in memory at a time; erased learners are not in it. */
export async function* readAwardList(
  runtime: Runtime,
  organisationId: string,
  { format, language, ...filter }: AwardListExportQuery,
): AsyncGenerator<string> {
  const file = format === 'csv' ? createAwardFile(language) : undefined
  if (file) yield file.head
  for await (const rows of eachPage(runtime, organisationId, filter)) {
    const text = rows.map((row) => writeRow(runtime, row, file)).join('')
    if (text !== '') yield text
  }
}

/** Awards recorded after the file was begun are not in it, or it might never end. */
async function* eachPage(
  { database }: Runtime,
  organisationId: string,
  filter: AwardFilter,
): AsyncGenerator<AwardRow[]> {
  const until = newId()
  let after = ''
  for (;;) {
    const rows = await database.inOrganisation(organisationId, (tx) =>
      pageAwards(tx, organisationId, { filter, limit: pageSize, after, until }),
    )
    yield rows
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = last.id
    await setImmediate()
  }
}

function writeRow({ vault }: Runtime, row: AwardRow, file: AwardFile | undefined): string {
  const content = openAward(vault, row, row)
  if (!content) return ''
  if (file) return file.row(content)
  const { id, achievementVersion, status, createdAt } = row
  return `${JSON.stringify({ id, ...content, achievementVersion, status, createdAt })}\n`
}
