import { describe, expect, it } from 'vitest'
import { anElmo, anOpportunity, type ElmoParts, readDocument } from '../../../test/elmo-files.ts'
import { achievementId, anImportContext, collect, rowsAmong } from '../../../test/import-context.ts'
import { type ElmoImportContext, readAwardElmo } from './read-award-elmo.ts'

const context: ElmoImportContext = {
  ...anImportContext(),
  isOwnReport: ({ identifiers }) => identifiers.some(({ value }) => value === 'example.se'),
}

const readItems = (parts: ElmoParts | string) =>
  collect(readAwardElmo(readDocument(typeof parts === 'string' ? parts : anElmo(parts)), context))

const passed = (more: string) => `<date>2026-06-05</date><status>passed</status>${more}`

describe('readAwardElmo', () => {
  it('awards a course whose definition is known by its code', async () => {
    const opportunities = anOpportunity({
      instance: `<start>2026-03-30</start>${passed('<resultLabel>G</resultLabel><credit><scheme>ects</scheme><value>3</value></credit>')}`,
    })
    expect(await readItems({ opportunities })).toMatchObject([
      { kind: 'header', findings: [{ code: 'ELMO_UNSIGNED', severity: 'hint' }] },
      {
        kind: 'row',
        row: 1,
        line: 7,
        findings: [],
        draft: {
          achievementId,
          learner: { givenName: 'Åsa', familyName: 'Öst', birthDate: '1990-02-28' },
          awardedOn: '2026-06-05',
          result: { grade: 'G' },
          activity: { start: '2026-03-30', end: '2026-06-05' },
        },
      },
    ])
  })

  it('takes the outermost known course, and not its parts beside it', async () => {
    const inner = anOpportunity({ instance: passed('') })
    const programme = anOpportunity({ code: 'PROGRAMME', instance: passed(''), parts: [inner] })
    const [row, ...others] = rowsAmong(await readItems({ opportunities: programme }))
    expect([row?.draft?.achievementId, others]).toEqual([achievementId, []])
    const whole = anOpportunity({ instance: passed(''), parts: [inner] })
    expect(rowsAmong(await readItems({ opportunities: whole }))).toHaveLength(1)
  })

  it.each<[string, ElmoParts, string[]]>([
    [
      'what is not passed',
      { opportunities: anOpportunity({ instance: '<status>failed</status>' }) },
      ['ELMO_NOT_PASSED'],
    ],
    [
      'what goes on',
      { opportunities: anOpportunity({ instance: '<status>in-progress</status>' }) },
      ['ELMO_NOT_PASSED'],
    ],
    [
      'what another body attests',
      { issuer: '<identifier type="schac">other.se</identifier><title>O</title><url/>' },
      ['ELMO_OTHER_ORGANISATION'],
    ],
    [
      'what has no definition',
      { opportunities: anOpportunity({ code: 'ZZ999' }) },
      ['ACHIEVEMENT_UNKNOWN'],
    ],
    [
      'what has no day',
      { opportunities: anOpportunity({ instance: '<status>passed</status>' }) },
      ['VALUE_MISSING'],
    ],
    [
      'a grade that does not pass',
      { opportunities: anOpportunity({ instance: passed('<resultLabel>U</resultLabel>') }) },
      ['GRADE_NOT_PASSING'],
    ],
    [
      'credits of another course',
      {
        opportunities: anOpportunity({
          instance: passed('<credit><scheme>ects</scheme><value>30</value></credit>'),
        }),
      },
      ['WORKLOAD_CONTRADICTS'],
    ],
    [
      'what counts credits twice',
      { opportunities: anOpportunity({ parts: [anOpportunity()] }) },
      ['DOUBLE_CREDIT'],
    ],
    [
      'a day to come',
      { opportunities: anOpportunity({ instance: '<date>2026-12-24</date>' }) },
      ['DATE_FUTURE'],
    ],
  ])('does not award %s, and says where it stands', async (_, parts, codes) => {
    const [row] = rowsAmong(await readItems(parts))
    expect(row?.draft).toBeUndefined()
    expect(row?.findings.map(({ code }) => code)).toEqual(codes)
    expect(row?.findings[0]).toMatchObject({
      row: 1,
      path: expect.stringMatching(/^\/elmo\/report\[1\]/),
    })
  })

  it('warns of the same course twice', async () => {
    const opportunities = anOpportunity() + anOpportunity()
    const rows = rowsAmong(await readItems({ opportunities }))
    expect(rows.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
      [],
      ['LEARNER_DUPLICATE'],
    ])
  })

  it.each<[string, ElmoParts | string, string]>([
    [
      'an altered signature',
      anElmo().replace('</elmo>', '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></elmo>'),
      'ELMO_SIGNATURE_INVALID',
    ],
    ['a learner without a name', { learner: '<givenNames/><familyName/>' }, 'NAME_MISSING'],
  ])('gives no rows for %s', async (_, parts, code) => {
    const items = await readItems(parts)
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      kind: 'header',
      findings: expect.arrayContaining([expect.objectContaining({ code })]),
    })
  })

  it('fails on a file without courses', async () => {
    expect((await readItems({ opportunities: '' })).at(-1)).toMatchObject({
      kind: 'failed',
      finding: { code: 'IMPORT_EMPTY' },
    })
  })
})
