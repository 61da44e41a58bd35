import type { MicroCredential } from '@mikromerit/credentials'
import { describe, expect, it } from 'vitest'
import { aggregate } from './aggregate.ts'

const ects = { uri: 'http://data.europa.eu/snb/education-credit/6fcec5c5af' }
const yhp = { label: { sv: 'YH-poäng', en: 'HVE credits' } }
const esco = { uri: 'http://data.europa.eu/esco/skill/1' }

const award = (changes: Partial<MicroCredential> = {}, ...evidence: string[]) => ({
  microCredential: { type: 't', title: 'A', issuer: {}, awardedOn: '2026-06-05', ...changes },
  evidence,
})

describe('aggregate', () => {
  it('adds within a system, by year, and keeps systems apart', () => {
    const { credits } = aggregate([
      award({ workload: { credits: [{ framework: ects, value: 7.5 }] } }, '1'),
      award(
        { awardedOn: '2025-01-01', workload: { credits: [{ framework: ects, value: 0.1 }] } },
        '2',
      ),
      award({ workload: { credits: [{ framework: yhp, value: 15 }] } }, '3'),
    ])
    expect(credits).toEqual([
      {
        framework: ects,
        total: 7.6,
        byYear: [
          { year: 2025, value: 0.1 },
          { year: 2026, value: 7.5 },
        ],
        evidence: ['1', '2'],
      },
      { framework: yhp, total: 15, byYear: [{ year: 2026, value: 15 }], evidence: ['3'] },
    ])
  })

  it('adds decimals exactly', () => {
    const tenth = { workload: { hours: 0.1, credits: [{ framework: ects, value: 0.1 }] } }
    const { hours, credits } = aggregate([award(tenth, '1'), award(tenth, '2'), award(tenth, '3')])
    expect([hours?.total, credits[0]?.total]).toEqual([0.3, 0.3])
  })

  it('counts an award without a date in the sum alone', () => {
    const { awardedOn: _none, ...undated } = award({ workload: { hours: 10 } }).microCredential
    const { hours } = aggregate([{ microCredential: undated, evidence: ['1'] }])
    expect(hours).toEqual({ total: 10, byYear: [], evidence: ['1'] })
  })

  it('lists a skill once, with all that prove it, the most proved first', () => {
    const label = { sv: 'analys', en: 'analysis' }
    const { skills } = aggregate([
      award({ skills: [{ text: 'Svetsning' }, esco] }, '1', '2'),
      award({ skills: [{ ...esco, label }, esco] }, '3'),
    ])
    expect(skills).toEqual([
      { skill: { ...esco, label }, evidence: ['1', '2', '3'] },
      { skill: { text: 'Svetsning' }, evidence: ['1', '2'] },
    ])
  })

  it('puts the highest level of each framework first', () => {
    const level = (framework: string, number: number) => ({
      levels: [{ framework, level: number }],
    })
    const { levels } = aggregate([
      award(level('EQF', 5), '1'),
      award(level('SeQF', 4), '2'),
      award(level('EQF', 7), '3'),
    ])
    expect(levels.map(({ framework, level: number }) => [framework, number])).toEqual([
      ['EQF', 7],
      ['EQF', 5],
      ['SeQF', 4],
    ])
  })

  it('of nothing is empty', () => {
    expect(aggregate([])).toEqual({
      awards: [],
      skills: [],
      levels: [],
      fields: [],
      credits: [],
      settings: [],
    })
  })
})
