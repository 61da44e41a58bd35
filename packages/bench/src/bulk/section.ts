import { type AwardingOrganisation, openOrganisation } from '../issuance/organisation.ts'
import { readText } from '../load/connection.ts'
import { asMegabytes, asRate, asTimes } from '../report/figures.ts'
import type { Row, Section } from '../report/row.ts'
import { readMemory } from '../services/memory.ts'
import type { Workbench } from '../services/workbench.ts'
import { runJob } from './run-job.ts'

export interface BulkPlan {
  /** Awards of the two files. */
  readonly small: number
  readonly large: number
}

/** One run: how long it took, and the greatest memory of the process so far. */
interface Run {
  readonly job: string
  readonly awards: number
  readonly seconds: number
  readonly peak: number
}

const wantedRate = 5_000
const memoryAllowance = 1.1

/** Awards per second out of a table and into signed credentials, and what memory many take besides few. */
export async function measureBulk(bench: Workbench, { small, large }: BulkPlan): Promise<Section> {
  const organisation = await openOrganisation(bench, 'exempelregistret')
  // A process of its own for each kind of work: its greatest memory is of nothing else.
  await bench.stop('issuer')
  const read = (awards: number) => importTable(bench, organisation, awards)
  const [shortImport, longImport] = [await read(small), await read(large)]
  await bench.stop('issuer')
  const sign = (run: Run, formats: readonly string[]) =>
    signAwards(bench, organisation, { ...run, formats })
  const shortSigning = await sign(shortImport, ['sd_jwt_vc'])
  const longSigning = await sign(longImport, ['sd_jwt_vc'])
  await bench.stop('issuer')
  const complete = await sign(shortImport, ['elm', 'open_badge'])
  const rows = [
    ...compare('bulk import', shortImport, longImport),
    ...compare('bulk signing', shortSigning, longSigning),
    {
      what: `bulk signing, ${group(small)} awards as ELM and Open Badge`,
      figure: `${asRate((2 * small) / complete.seconds)} credentials`,
      comparedWith: `memory: ${asMegabytes(complete.peak)}`,
      ...noTarget,
    },
  ]
  return { title: 'Bulk import and signing', meaning, rows }
}

const noTarget = { ratio: '', target: '', isMet: undefined }

function compare(what: string, short: Run, long: Run): Row[] {
  const rate = long.awards / long.seconds
  const growth = long.peak / short.peak
  return [
    {
      what: `${what}, ${group(long.awards)} awards`,
      figure: asRate(rate),
      comparedWith: `${group(short.awards)} awards: ${asRate(short.awards / short.seconds)}`,
      ratio: '',
      target: `≥ ${group(wantedRate)}/s`,
      isMet: rate >= wantedRate,
    },
    {
      what: `${what}, memory after ${group(long.awards)}`,
      figure: asMegabytes(long.peak),
      comparedWith: `after ${group(short.awards)}: ${asMegabytes(short.peak)}`,
      ratio: asTimes(growth),
      target: '≤ 1.10 ×',
      isMet: growth <= memoryAllowance,
    },
  ]
}

async function importTable(
  bench: Workbench,
  organisation: AwardingOrganisation,
  awards: number,
): Promise<Run> {
  const here = await atIssuer(bench, organisation)
  const achievementId = readText(JSON.parse(organisation.draftAward(0)), 'achievementId')
  const { id: job, seconds } = await runJob(here, {
    path: `/imports?achievementId=${achievementId}`,
    contentType: 'text/csv',
    body: writeTable(organisation, awards),
    expected: awards,
  })
  return { job, awards, seconds, peak: await peakOf(bench) }
}

async function signAwards(
  bench: Workbench,
  organisation: AwardingOrganisation,
  { job: importId, awards, formats }: Run & { readonly formats: readonly string[] },
): Promise<Run> {
  const { id: job, seconds } = await runJob(await atIssuer(bench, organisation), {
    path: '/bulk/signing',
    contentType: 'application/json',
    body: JSON.stringify({ filter: { importId }, formats }),
    expected: awards,
  })
  return { job, awards, seconds, peak: await peakOf(bench) }
}

/** A service that was started anew listens elsewhere. */
const atIssuer = async (bench: Workbench, organisation: AwardingOrganisation) => ({
  ...organisation,
  issuerUrl: (await bench.start('issuer')).url,
})

async function peakOf(bench: Workbench): Promise<number> {
  const issuer = await bench.running('issuer')
  const memory = issuer && (await readMemory(issuer.pid))
  return memory?.peak ?? Number.NaN
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
reference each, in batches. Then each of these awards is signed as an SD-JWT VC bound to no key: opened, projected and signed in
threads, recorded with a place in the status lists, and kept sealed until it is fetched. Both are measured from sending the
request to the end of the job, in a fresh process each. Memory is the greatest resident set of that process after the few
awards and after the many.`
