import { setTimeout as pause } from 'node:timers/promises'
import { isObject } from '@mikromerit/credentials'
import { type AwardingOrganisation, openOrganisation } from '../issuance/organisation.ts'
import { openConnection, readJson, readText } from '../load/connection.ts'
import { asMegabytes, asRate, asTimes } from '../report/figures.ts'
import type { Section } from '../report/row.ts'
import { readMemory } from '../services/memory.ts'
import type { Workbench } from '../services/workbench.ts'

export interface BulkPlan {
  /** Rows of the two files. */
  readonly small: number
  readonly large: number
}

const pollMilliseconds = 100
const memoryAllowance = 1.1

/** Awards per second out of a table, and what memory a long one takes besides a short one. */
export async function measureBulk(bench: Workbench, { small, large }: BulkPlan): Promise<Section> {
  const organisation = await openOrganisation(bench, 'exempelregistret')
  const short = await importTable(bench, organisation, small)
  const long = await importTable(bench, organisation, large)
  const growth = long.peak / short.peak
  const rows = [
    {
      what: `import of ${group(large)} awards`,
      figure: asRate(large / long.seconds),
      comparedWith: `${group(small)} awards: ${asRate(small / short.seconds)}`,
      ratio: '',
      target: '',
      isMet: undefined,
    },
    {
      what: `memory after ${group(large)} awards`,
      figure: asMegabytes(long.peak),
      comparedWith: `after ${group(small)}: ${asMegabytes(short.peak)}`,
      ratio: asTimes(growth),
      target: '≤ 1.10 ×',
      isMet: growth <= memoryAllowance,
    },
  ]
  return { title: 'Bulk import', meaning, rows }
}

async function importTable(bench: Workbench, organisation: AwardingOrganisation, rows: number) {
  const begin = performance.now()
  const job = await send(organisation, writeTable(organisation, rows))
  const connection = openConnection(organisation.issuerUrl)
  const path = `${organisation.awardsPath.replace(/awards$/, 'jobs')}/${job}`
  const headers = { authorization: `Bearer ${organisation.accessToken}` }
  try {
    for (;;) {
      const answer = await connection.send({ method: 'GET', path, headers })
      const { finishedAt, progress } = readJson(answer, 200, 'Reading the job')
      if (finishedAt === undefined) {
        await pause(pollMilliseconds)
        continue
      }
      if (!isObject(progress) || progress.succeeded !== rows)
        throw new Error('Not every row of the table became an award.')
      break
    }
  } finally {
    await connection.close()
  }
  const seconds = (performance.now() - begin) / 1_000
  const issuer = await bench.running('issuer')
  const memory = issuer && (await readMemory(issuer.pid))
  return { seconds, peak: memory?.peak ?? Number.NaN }
}

async function send(organisation: AwardingOrganisation, table: string): Promise<string> {
  const { issuerUrl, awardsPath, accessToken } = organisation
  const achievementId = readText(JSON.parse(organisation.draftAward(0)), 'achievementId')
  const path = awardsPath.replace(/awards$/, 'imports')
  const answer = await fetch(`${issuerUrl}${path}?achievementId=${achievementId}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'text/csv' },
    body: table,
  })
  const body: unknown = await answer.json()
  if (answer.status !== 202 || !isObject(body)) throw new Error('The import was refused.')
  return readText(body, 'id')
}

function writeTable(organisation: AwardingOrganisation, rows: number): string {
  const { awardedOn } = JSON.parse(organisation.draftAward(0))
  const run = Date.now().toString(36)
  const lines = ['Efternamn;Förnamn;Tilldelad;Betyg;Referens']
  for (let at = 0; at < rows; at++)
    lines.push(`Exempelsson-${at};Alva;${awardedOn};G;${run}-${rows}-${at}`)
  return lines.join('\r\n')
}

const group = (value: number) => value.toLocaleString('en')

const meaning = `A CSV table is sent to the issuer, which checks every row, seals what is personal, and records the awards with a
reference each, in batches; measured from sending to the end of the job. Memory is the greatest resident set of the process
after the short table and after the long one.`
