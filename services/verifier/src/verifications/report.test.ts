import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { authorisationReasons, checkCodes, explain, reasons } from '@mikromerit/credentials'
import { describe, expect, it } from 'vitest'
import {
  authorityUnknown,
  claimsMissing,
  otherAuthority,
  queryMet,
} from '../openid4vp/query-checks.ts'
import { answerCheckCodes } from './report.ts'

const path = join(import.meta.dirname, '../../../../docs/reference/verification-report.md')

interface Row {
  readonly reason: string
  readonly check: string
  readonly text: string
}

/** The rows of the tables that name a reason. */
const rows: Row[] = readFileSync(path, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    const at = cells.findIndex((cell) => /^`[a-z_]+`$/.test(cell))
    if (at < 1) return []
    return [
      {
        reason: cells[at]?.slice(1, -1) ?? '',
        check: cells[at - 1] ?? '',
        text: cells[at + 2] ?? '',
      },
    ]
  })

const credentialChecks = new Set<string>(checkCodes)

describe('the reference of the report', () => {
  it('lists every reason of a credential check, with its text', () => {
    const documented = rows.filter(({ check }) =>
      check.split(', ').every((code) => code === 'any' || credentialChecks.has(code)),
    )
    expect(documented.map(({ reason }) => reason).sort()).toEqual([...reasons].sort())
    for (const reason of reasons)
      expect(documented.find((row) => row.reason === reason)?.text).toBe(explain(reason).detail.en)
  })

  it('names every check', () => {
    const named = new Set(rows.map(({ check }) => check))
    for (const code of [...checkCodes, ...answerCheckCodes]) expect(named).toContain(code)
  })

  it('lists what the trust registry says', () => {
    const documented = rows.filter(({ check }) => check === '').map(({ reason }) => reason)
    expect(documented.sort()).toEqual([...authorisationReasons].sort())
  })

  it('lists what is said of an answer', () => {
    const documented = rows.filter(({ check }) => check === 'query').map(({ reason }) => reason)
    const said = [queryMet, claimsMissing, otherAuthority, authorityUnknown].map(
      ({ evidence }) => evidence?.reason,
    )
    expect(documented).toEqual(said)
  })
})
