import { describe, expect, it } from 'vitest'
import { asFlows, asMegabytes, asMilliseconds, asRate, asShare, asTimes } from './figures.ts'
import { buildPage } from './page.ts'
import type { Section } from './row.ts'
import { buildTable } from './table.ts'

const section: Section = {
  title: 'Signing',
  meaning: 'One credential after the other.',
  rows: [
    {
      what: 'sign',
      figure: '20.0 k/s',
      comparedWith: 'a library: 10.0 k/s',
      ratio: '2.00 ×',
      target: '≥ 2 ×',
      isMet: true,
    },
    {
      what: 'sign, one thread',
      figure: '20.0 k/s',
      comparedWith: 'bare: 60.0 k/s',
      ratio: '33 %',
      target: '≥ 40 %',
      isMet: false,
    },
  ],
}

describe('figures', () => {
  it('are written alike on every machine', () => {
    expect([asRate(23_456), asRate(9_999.6), asRate(57)]).toEqual(['23.5 k/s', '10,000/s', '57/s'])
    expect([asFlows(1_234.5), asFlows(999)]).toEqual(['1,235 flows/s', '999 flows/s'])
    expect([asTimes(2.004), asShare(0.4), asShare(0.034)]).toEqual(['2.00 ×', '40 %', '3.4 %'])
    expect([asMilliseconds(1.234), asMilliseconds(123.4)]).toEqual(['1.2 ms', '123 ms'])
    expect(asMegabytes(149_600_000)).toBe('150 MB')
  })
})

describe('buildTable', () => {
  const lines = buildTable([section, { ...section, rows: [] }]).split('\n')

  it('has a head, a rule and a line for each row', () => {
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/^\| what +\| measured +\| compared with/)
    expect(lines[2]).toContain('| 2.00 × | ≥ 2 ×  | yes')
  })

  it('shows a missed target so that nobody overlooks it', () => {
    expect(lines[3]).toContain('**no**')
    expect(lines[2]).not.toContain('**no**')
  })

  it('aligns its columns', () => {
    expect(new Set(lines.map((line) => Array.from(line).length)).size).toBe(1)
  })
})

describe('buildPage', () => {
  const machine = {
    processor: 'Example 3000',
    cores: 2,
    memory: '8 GiB',
    system: 'Linux 6',
    node: '26.10.0',
    postgres: '18.4',
  }
  const page = buildPage({
    command: 'pnpm bench',
    machine,
    measuredOn: '2026-11-25',
    sections: [section],
  })

  it('names the command, the machine and the day, and explains every section', () => {
    for (const text of [
      'Written by `pnpm bench`',
      '2 × Example 3000, 8 GiB of memory',
      'Node.js 26.10.0, PostgreSQL 18.4',
      '2026-11-25',
      '### Signing\n\nOne credential after the other.',
      buildTable([section]),
    ])
      expect(page).toContain(text)
  })

  it('says nothing of a database that took no part', () => {
    const without = buildPage({
      command: 'pnpm bench',
      machine: { ...machine, postgres: undefined },
      measuredOn: '2026-11-25',
      sections: [],
    })
    expect(without).not.toContain('PostgreSQL 18')
  })
})
