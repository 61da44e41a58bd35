import { stockholmDate } from '@mikromerit/credentials'
import type { ServiceUrls } from '../places.ts'
import { revoke, showWhileIssuerIsDown, suspendAndReinstate } from './aftermath.ts'
import { correct } from './correction.ts'
import { showEveryFormat } from './formats.ts'
import { importRecords } from './imports.ts'
import { createJournal, type Journal } from './journal.ts'
import { type Done, runMainJob } from './main-job.ts'
import { openParties } from './parties.ts'
import { companyCourse } from './scenarios/company-course.ts'
import { universityCourse } from './scenarios/university-course.ts'
import { validation } from './scenarios/validation.ts'
import { stack } from './stacking.ts'

export interface DemoOptions {
  readonly urls: ServiceUrls
  /** Where the development token issuer of the services has its key. */
  readonly dataDir: string
  /** Does some work while the issuer is stopped. Absent where nobody here can stop it. */
  readonly whileIssuerIsDown?: <Result>(work: () => Promise<Result>) => Promise<Result>
  readonly print?: (line: string) => void
}

/**
 * The main job over the three HTTP APIs: a university course, a company course and a validation, from award
 * to report; one award in every format, records of other systems, parts that become a whole, a correction; then what
 * happens when an award is revoked, suspended, or cannot be looked up.
 * @returns the exit code: 0 when everything was as it should be.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const { urls, print = console.log } = options
  const journal = createJournal(print)
  journal.title('Mikromerit: from an award to a report that can be trusted', Object.entries(urls))

  const today = stockholmDate(new Date())
  const parties = await openParties(options)
  const course = await runMainJob(parties, universityCourse(today), journal)
  const safety = await runMainJob(parties, companyCourse(today), journal)
  const recognised = await runMainJob(parties, validation(today), journal)

  const everyFormat = await showEveryFormat(parties, universityCourse(today), journal)
  await importRecords(parties, universityCourse(today), journal)
  await stack({ parties, today, issuerUrl: urls.issuer, journal })
  await correct(everyFormat, universityCourse(today), journal)
  await revoke(course, journal)
  await suspendAndReinstate(safety, journal)
  await takeIssuerDown(options, recognised, journal)
  return conclude([course, safety, recognised], journal)
}

async function takeIssuerDown({ whileIssuerIsDown }: DemoOptions, done: Done, journal: Journal) {
  if (whileIssuerIsDown) await whileIssuerIsDown(() => showWhileIssuerIsDown(done, journal))
  else {
    journal.section('The issuer does not answer', 'skipped: this command did not start the issuer')
  }
}

function conclude(done: readonly Done[], journal: Journal): number {
  const times = done.map(({ seconds }) => `${seconds.toFixed(2)} s`).join(', ')
  journal.section('Done', `From award to report: ${times}.`)
  if (journal.failures.length === 0) {
    journal.note('✓ Everything was as expected.')
    return 0
  }
  journal.note(`✗ ${journal.failures.length} expectations were not met:`)
  for (const failure of journal.failures) journal.note(`  ${failure}`)
  return 1
}
