import { isDeepStrictEqual } from 'node:util'
import {
  type AwardRecord,
  achievementExample,
  awardExample,
  normaliseAchievement,
  normaliseAward,
  organisationExample,
} from '@mikromerit/credentials'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awardRecords } from '../../test/arbitrary-record.ts'
import { hasPublishedElmo, openElmoValidator } from '../../test/elmo-schema.ts'
import type { ElmoDocument } from './elmo.ts'
import { toPieces } from './map/to-pieces.ts'
import { readElmo } from './read-elmo.ts'
import { writeElmo } from './write-elmo.ts'

const now = new Date('2026-06-20T12:00:00.123Z')
const content = normaliseAchievement(achievementExample)
const record: AwardRecord = {
  organisation: organisationExample,
  achievement: { id: awardExample.achievementId, version: 2, ...content },
  award: { id: '0190c1a2-0000-7000-8000-0000000000a1', ...normaliseAward(awardExample, content) },
}

const write = (first: AwardRecord, ...others: readonly AwardRecord[]) =>
  writeElmo({ learner: first.award.learner, records: [first, ...others], generatedAt: now })

function readBack(xml: string): ElmoDocument {
  const read = readElmo(Buffer.from(xml), { anchors: [], now })
  if (!read.ok) throw new Error(read.code)
  return read.value
}

const piecesOf = ({ learner, reports }: ElmoDocument) =>
  reports.flatMap(({ issuer, opportunities }) =>
    opportunities.map((opportunity) => toPieces(learner, issuer, opportunity)),
  )

/** What of a record is for everybody's eyes and has a place in ELMO. */
function publicPart({ organisation, achievement, award }: AwardRecord) {
  const { id, legalName, identifiers = [], country, homepage } = organisation
  const { stackingRules: _, ...definition } = achievement
  const { achievementId: __, learner, validation, ...rest } = award
  const { givenName, familyName, birthDate, externalId } = learner
  const esi = externalId?.startsWith('urn:schac:personalUniqueCode:int:esi:')
    ? externalId
    : undefined
  const assessors = validation?.assessors?.map(({ name: ___, ...assessor }) => assessor)
  return {
    organisation: { id, legalName, identifiers, country, homepage },
    achievement: definition,
    award: {
      ...rest,
      learner: { givenName, familyName, birthDate, externalId: esi },
      validation: validation && { ...validation, assessors },
    },
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('writeElmo', () => {
  it('keeps every mapped member of every award, there and back', () => {
    fc.assert(
      fc.property(awardRecords, (any) => {
        const document = readBack(write(any).xml)
        const expected = [publicPart(any)]
        const hasFaults = document.findings.some(({ code }) => code === 'ELMO_EXTENSION_INVALID')
        return !hasFaults && isDeepStrictEqual(plain(piecesOf(document)), plain(expected))
      }),
      { numRuns: 60 },
    )
  })

  it('keeps lines, quotes, markup and spaces of running text', () => {
    const text = ' Rad 1\r\n\tRad "2" <b>&amp;</b>\u2028 '
    const achievement = { ...record.achievement, furtherInformation: { sv: text } }
    const [pieces] = piecesOf(readBack(write({ ...record, achievement }).xml))
    expect(pieces?.achievement.furtherInformation).toEqual({ sv: text })
  })

  it('says what others understand in elements of ELMO', () => {
    const document = readBack(write(record).xml)
    expect(document).toMatchObject({
      version: 1,
      generatedAt: '2026-06-20T12:00:00Z',
      learner: {
        givenName: 'Alva',
        familyName: 'Exempelsson',
        birthDate: '1994-05-17',
        identifiers: [{ scheme: 'esi', value: awardExample.learner.externalId }],
      },
    })
    expect(document.reports[0]?.issuer).toMatchObject({
      country: 'SE',
      title: organisationExample.legalName,
    })
    expect(document.reports[0]?.opportunities[0]).toMatchObject({
      title: achievementExample.title,
      type: 'Course',
      fieldOfEducation: '0688',
      start: '2026-03-30',
      end: '2026-05-29',
      status: 'passed',
      grade: 'G',
      gradingScheme: { localId: 'UG', description: { sv: 'U–G' } },
      credits: [{ framework: 'http://data.europa.eu/snb/education-credit/6fcec5c5af', value: 3 }],
      levels: [
        { framework: 'EQF', level: 6 },
        { framework: 'SeQF', level: 6 },
      ],
      languageOfInstruction: 'sv',
    })
  })

  it('publishes no address, and no assessor by name', () => {
    const validation = {
      purpose: 'competence' as const,
      steps: [],
      methods: ['portfolio' as const],
      assessors: [{ name: 'Planted Assessor', role: { sv: 'yrkesbedömare' } }],
    }
    const { xml } = write({ ...record, award: { ...record.award, validation } })
    expect(xml).toContain('yrkesbedömare')
    expect(xml).not.toMatch(/Planted|alva\.exempelsson@/)
  })

  it('names the part when a validation recognised a part', () => {
    const validation = {
      purpose: 'competence' as const,
      steps: [],
      methods: ['portfolio' as const],
      outcomes: [
        { outcomeId: 'lo-1', result: 'achieved' as const },
        { outcomeId: 'lo-2', result: 'partly' as const },
      ],
    }
    const document = readBack(write({ ...record, award: { ...record.award, validation } }).xml)
    const [opportunity] = document.reports[0]?.opportunities ?? []
    expect(opportunity?.title.sv).toBe(
      'Datadriven affärsutveckling (delvis: 1 av 2 läranderesultat)',
    )
    expect(opportunity?.type).toBeUndefined()
    expect(piecesOf(document)[0]?.achievement.title).toEqual(achievementExample.title)
  })

  it('makes one report per organisation, and tells scales of one name apart', () => {
    const other = { ...organisationExample, id: 'other' }
    const scheme = { id: 'UG', title: { sv: 'annan' }, values: ['U', 'G'], passing: 'G' }
    const award = { ...record.award, result: { grade: 'G', scheme } }
    const document = readBack(
      write(record, { ...record, award }, { ...record, organisation: other }).xml,
    )
    expect(document.reports.map(({ opportunities }) => opportunities.length)).toEqual([2, 1])
    expect(document.reports[0]?.opportunities.map(({ gradingScheme }) => gradingScheme)).toEqual([
      { localId: 'UG', description: { sv: 'U–G' } },
      { localId: 'UG#2', description: { sv: 'annan' } },
    ])
  })

  it('attaches files to the awards they belong to', () => {
    const files = [
      { title: { sv: 'Bevis' }, mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7') },
    ]
    const document = readBack(write({ ...record, ...{ files } }, record).xml)
    const [report] = document.reports
    expect(report?.opportunities.map(({ attachments }) => attachments)).toEqual([['file-1-1'], []])
    expect(report?.attachments).toEqual([
      {
        identifiers: ['file-1-1'],
        title: { sv: 'Bevis' },
        type: 'Micro Credential',
        contents: [{ mediaType: 'application/pdf', bytes: 8 }],
      },
    ])
  })

  it('says what is lost', () => {
    const organisation = { ...organisationExample, country: 'AX', logo: 'https://example.org/logo' }
    const award = { ...record.award, learner: { familyName: 'Öst', externalId: 'x-1' } }
    const { losses, xml } = write({ ...record, organisation, award })
    expect(losses.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['LOSS_NOT_CARRIED', '/learner/externalId'],
      ['LOSS_NOT_CARRIED', '/records/0/organisation/kind'],
      ['LOSS_NOT_CARRIED', '/records/0/organisation/logo'],
      ['LOSS_NOT_CARRIED', '/records/0/organisation/country'],
    ])
    expect(xml).not.toMatch(/x-1|<country>AX/)
  })
})

describe.skipIf(!hasPublishedElmo)('the published ELMO 1.7.0 schema', () => {
  it('finds nothing wrong with what we write', () => {
    const validate = openElmoValidator()
    expect(validate(write(record).xml)).toEqual([])
    const { givenName: _, birthDate: __, ...learner } = record.award.learner
    expect(
      validate(writeElmo({ learner, records: [record, record], generatedAt: now }).xml),
    ).toEqual([])
    fc.assert(
      fc.property(awardRecords, (any) => {
        expect(validate(write(any).xml)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('is really asked', () => {
    const validate = openElmoValidator()
    expect(validate(write(record).xml.replace('<status>passed', '<status>perhaps'))).not.toEqual([])
    expect(validate(write(record).xml.replace('<country>SE', '<country>AX'))).not.toEqual([])
  })
})
