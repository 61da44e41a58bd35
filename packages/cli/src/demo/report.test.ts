import { expect, it } from 'vitest'
import type { Report } from './present.ts'
import { describeProblems, describeReport } from './report.ts'

const passed: Report['checks'][number] = {
  code: 'signature',
  outcome: 'valid',
  title: { sv: 'Signatur', en: 'Signature' },
  detail: { sv: 'Utfärdaren har signerat.', en: 'The issuer signed it.' },
}
const revoked: Report['checks'][number] = {
  code: 'status',
  outcome: 'invalid',
  title: { sv: 'Status', en: 'Status' },
  detail: { sv: 'Återkallat.', en: 'Revoked.' },
  remedy: { sv: 'Fråga utfärdaren.', en: 'Ask the issuer.' },
}
const aReport = (changes: Partial<Report> = {}): Report => ({
  outcome: 'valid',
  checks: [passed],
  microCredentials: [],
  verifiedAt: '2026-06-05T12:00:00.000Z',
  ...changes,
})

it('tells of a problem what it is and what to do, and leaves out what passed', () => {
  const report = aReport({ outcome: 'invalid', checks: [passed, revoked] })
  expect(describeProblems(report)).toEqual([
    ['report', '✗ invalid: 1 of 2 checks passed'],
    ['', '✗ Status: Revoked.'],
    ['', '  → Ask the issuer.'],
  ])
})

it('tells only of what was shown: nothing stands for a claim that was withheld', () => {
  const title = 'Säkert arbete i robotcell'
  const shown = { type: 'x', title, issuer: { name: 'Exempelverken AB' }, awardedOn: '2026-06-05' }
  expect(describeReport(aReport({ microCredentials: [shown] }))).toEqual([
    ['report', '✓ valid: 1 of 1 checks passed'],
    ['checks', ['✓ Signature: The issuer signed it.']],
    ['shown', 'Säkert arbete i robotcell · Exempelverken AB · awarded 2026-06-05'],
  ])
})

it('tells how prior learning was validated', () => {
  const validation = {
    standard: 'Branschstandard (2025)',
    methods: ['practical_test', 'interview'],
    assessedBy: ['Exempelbranschens validering'],
  }
  const shown = { type: 'x', title: 'Lagerarbete', issuer: {}, validation }
  expect(describeReport(aReport({ microCredentials: [shown] })).at(-1)).toEqual([
    'validated',
    'Branschstandard (2025): practical test, interview; assessed by Exempelbranschens validering',
  ])
})
