import type { IssuerClient } from '@mikromerit/client'
import { award } from './award.ts'
import { define } from './define.ts'
import type { Journal } from './journal.ts'
import type { Parties } from './parties.ts'
import { type Presentation, type PresentOptions, present, type Report } from './present.ts'
import { presentUntil } from './present-until.ts'
import { receive } from './receive.ts'
import { describeReport } from './report.ts'
import type { Scenario } from './scenario.ts'

/** A scenario that has been through, and what is needed to go on with it. */
export interface Done extends PresentOptions {
  readonly scenario: Scenario
  readonly issuer: IssuerClient
  readonly awardId: string
  /** From the award to the report. */
  readonly seconds: number
}

/** The main job: an award becomes a credential, the learner shows part of it, and a report tells whether to trust it. */
export async function runMainJob(
  parties: Parties,
  scenario: Scenario,
  journal: Journal,
): Promise<Done> {
  const { organisation, achievement, question, holder } = scenario
  journal.section(scenario.heading, `${achievement.title.sv}, by ${organisation.legalName.sv}`)
  const issuer = await parties.awardingBody(organisation.id)
  await define(issuer, scenario, journal)

  const start = performance.now()
  const offered = await award(issuer, scenario, journal)
  const wallet = await parties.learner(holder)
  const held = await receive(wallet, offered, journal)
  const verifier = await parties.employer()
  const shown = { verifier, wallet, held, question }
  const { report } = await presentOrWait(shown, journal)
  const seconds = (performance.now() - start) / 1_000

  journal.step('verifier', 'GET /v1/presentation-requests/{id}', describeReport(report))
  expectReport(report, scenario, journal)
  return { ...shown, scenario, issuer, awardId: offered.awardId, seconds }
}

/** A verifier that could not reach the issuer a moment ago asks it again only after some seconds. */
async function presentOrWait(options: PresentOptions, journal: Journal): Promise<Presentation> {
  const presentation = await present(options, journal)
  if (presentation.report.outcome !== 'undetermined') return presentation
  return presentUntil('valid', options)
}

function expectReport(report: Report, scenario: Scenario, journal: Journal) {
  const { achievement, learner, question, award } = scenario
  const [shown] = report.microCredentials
  journal.expect(report.outcome === 'valid', 'a valid report')
  journal.expect(shown?.title === achievement.title.sv, 'the title of what was awarded')
  journal.expect(
    shown?.learningOutcomes?.length === achievement.learningOutcomes.length,
    'all learning outcomes in the report',
  )
  const asksForName = question.claims?.includes('family_name') ?? false
  journal.expect(
    shown?.learner?.familyName === (asksForName ? learner.familyName : undefined),
    asksForName ? 'the learner’s name in the report' : 'no name in the report: nobody asked for it',
  )
  journal.expect(
    (shown?.validation === undefined) === (award.validation === undefined),
    'the report to say whether prior learning was validated',
  )
}
