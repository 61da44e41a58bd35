import { expectData } from '@mikromerit/client'
import type { Journal } from './journal.ts'
import type { Done } from './main-job.ts'
import { presentUntil } from './present-until.ts'
import { describeProblems, type Outcome } from './report.ts'

type Status = 'valid' | 'suspended' | 'revoked'

/** The issuer takes an award back: the credential that the learner holds turns invalid, for good. */
export async function revoke(done: Done, journal: Journal) {
  journal.section('Revoked', `${titleOf(done)}: the result was registered for the wrong person`)
  await changeStatus(done, 'revoked', journal)
  await showAgain(done, { outcome: 'invalid', reason: 'revoked' }, journal)
}

/** The issuer doubts an award for a while, and then no more. */
export async function suspendAndReinstate(done: Done, journal: Journal) {
  journal.section('Suspended, then reinstated', `${titleOf(done)}: the result is looked into`)
  await changeStatus(done, 'suspended', journal)
  await showAgain(done, { outcome: 'invalid', reason: 'suspended' }, journal)
  await changeStatus(done, 'valid', journal)
  await showAgain(done, { outcome: 'valid' }, journal)
}

/** The issuer does not answer: nobody can say whether the credential is revoked, and nobody pretends to. */
export async function showWhileIssuerIsDown(done: Done, journal: Journal) {
  journal.section('The issuer does not answer', `${titleOf(done)}: its status list cannot be had`)
  await showAgain(done, { outcome: 'undetermined', reason: 'status_unreachable' }, journal)
}

const titleOf = ({ scenario }: Done) => scenario.achievement.title.sv ?? ''

const reasons: Readonly<Record<Status, string>> = {
  revoked: 'Resultatet registrerades på fel person',
  suspended: 'Resultatet omprövas',
  valid: 'Omprövningen bekräftade resultatet',
}

async function changeStatus(done: Done, status: Status, journal: Journal) {
  const organisation = done.scenario.organisation.id
  const reason = reasons[status]
  const award = await expectData(
    done.issuer.POST('/v1/organisations/{organisation}/awards/{award}/status', {
      params: { path: { organisation, award: done.awardId } },
      body: { status, reason },
    }),
  )
  journal.step('issuer', `POST /v1/organisations/${organisation}/awards/{award}/status`, [
    ['sent', `${status}: “${reason}”`],
    ['answer', `the award is ${award.status}, and with it every credential made of it`],
  ])
}

interface Expected {
  readonly outcome: Outcome
  /** Stable code in the evidence of the check of the status. */
  readonly reason?: string
}

async function showAgain(done: Done, { outcome, reason }: Expected, journal: Journal) {
  const { report, seconds } = await presentUntil(outcome, done)
  const status = report.checks.find(({ code }) => code === 'status')
  journal.step('verifier', 'the same question, answered with the same credential', [
    ...describeProblems(report),
    ['after', `${seconds.toFixed(1)} s`],
  ])
  journal.expect(report.outcome === outcome, `the outcome ${outcome}`)
  if (reason) journal.expect(status?.evidence?.reason === reason, `the status to be ${reason}`)
}
