import { randomUUID } from 'node:crypto'
import { expectData, type IssuerClient } from '@mikromerit/client'
import { writeLearnerTable, writeResult } from './import-files.ts'
import type { Journal } from './journal.ts'
import type { Parties } from './parties.ts'
import type { Scenario } from './scenario.ts'

type Job = Awaited<ReturnType<typeof readJob>>

const learners = 1_000
const patienceMs = 120_000
const pauseMs = 200

/** What other systems hold comes in as files: a table with many learners, and a result as ELMO. */
export async function importRecords(parties: Parties, scenario: Scenario, journal: Journal) {
  const { organisation } = scenario
  journal.section('Records of other systems', `${organisation.legalName.sv} imports two files`)
  const issuer = await parties.awardingBody(organisation.id)
  const run = randomUUID().slice(0, 8)
  const table = writeLearnerTable(scenario, learners, `demo-${run}`)
  const first = await importFile(issuer, scenario, {
    name: 'CSV',
    mediaType: 'text/csv',
    text: table,
  })
  tell(first, `a table of ${learners.toLocaleString('en')} learners`, scenario, journal)
  const again = await importFile(issuer, scenario, {
    name: 'CSV',
    mediaType: 'text/csv',
    text: table,
  })
  tell(again, 'the same table once more', scenario, journal)
  const elmo = writeResult(scenario, randomUUID(), new Date())
  const result = await importFile(issuer, scenario, {
    name: 'ELMO',
    mediaType: 'application/xml',
    text: elmo,
  })
  tell(result, 'a result as ELMO 1.7, as EMREX carries it', scenario, journal)

  journal.expect(first.progress.succeeded === learners, 'every row of the table to be an award')
  journal.expect(again.progress.unchanged === learners, 'no row of the table to be awarded twice')
  // An earlier run brought the very same result: it is not awarded twice.
  const { succeeded, unchanged } = result.progress
  journal.expect(succeeded + unchanged === 1, 'the ELMO result to be an award')
}

interface ImportedFile {
  readonly name: string
  readonly mediaType: string
  readonly text: string
}

async function importFile(
  issuer: IssuerClient,
  scenario: Scenario,
  file: ImportedFile,
): Promise<Job> {
  const organisation = scenario.organisation.id
  const started = await expectData(
    issuer.POST('/v1/organisations/{organisation}/imports', {
      params: { path: { organisation }, query: { achievementId: scenario.achievement.id } },
      headers: { 'content-type': file.mediaType },
      body: file.text,
      bodySerializer: (text) => text,
    }),
  )
  const deadline = Date.now() + patienceMs
  for (;;) {
    const job = await readJob(issuer, organisation, started.id)
    if (job.finishedAt !== undefined) return job
    if (Date.now() > deadline) throw new Error(`The import of the ${file.name} file does not end.`)
    await new Promise((resume) => setTimeout(resume, pauseMs))
  }
}

const readJob = (issuer: IssuerClient, organisation: string, job: string) =>
  expectData(
    issuer.GET('/v1/organisations/{organisation}/jobs/{job}', {
      params: { path: { organisation, job } },
    }),
  )

function tell({ state, progress }: Job, what: string, scenario: Scenario, journal: Journal) {
  journal.step('issuer', `POST /v1/organisations/${scenario.organisation.id}/imports`, [
    ['sent', what],
    [
      'answer',
      `${state}: ${progress.succeeded} awarded, ${progress.unchanged} there already, ${progress.refused} refused`,
    ],
  ])
}
