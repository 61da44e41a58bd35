import {
  type AwardRecord,
  achievementExample,
  awardExample,
  MicroCredential,
  normaliseAchievement,
  normaliseAward,
  organisationExample,
} from '@mikromerit/credentials'
import fc from 'fast-check'
import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { awardRecords } from '../../../test/arbitrary-record.ts'
import { anElmo, anIssuer, anOpportunity, now, readDocument } from '../../../test/elmo-files.ts'
import { writeElmo } from '../write-elmo.ts'
import { listEntries } from './list-entries.ts'
import { toMicroCredential } from './to-micro-credential.ts'

const readAll = (xml: string) =>
  listEntries(readDocument(xml)).map((entry) => toMicroCredential(entry, 'sv'))

const write = (record: AwardRecord) =>
  writeElmo({ learner: record.award.learner, records: [record], generatedAt: now }).xml

const content = normaliseAchievement(achievementExample)
const record: AwardRecord = {
  organisation: organisationExample,
  achievement: { id: awardExample.achievementId, version: 1, ...content },
  award: { id: '0190c1a2-0000-7000-8000-0000000000a1', ...normaliseAward(awardExample, content) },
}

describe('toMicroCredential', () => {
  it('shows what another system wrote', () => {
    const issuer = anIssuer.replace(
      '<title',
      '<identifier type="organisationsnummer">999999-9999</identifier><title',
    )
    const instance =
      '<date>2026-06-05</date><resultLabel>B</resultLabel><credit><scheme>ects</scheme><value>7.5</value></credit><credit><scheme>cats</scheme><value>15</value></credit><languageOfInstruction>en</languageOfInstruction>'
    const [shown] = readAll(
      anElmo({
        issuer,
        opportunities: anOpportunity({ instance, more: '<iscedCode>0541</iscedCode>' }),
      }),
    )
    expect(shown).toMatchObject({
      type: 'https://github.com/emrex-eu/elmo-schemas/tree/v1',
      title: 'Algebra',
      issuer: {
        name: 'Exempeluniversitetet',
        country: 'SE',
        identifier: 'urn:se:organisationsnummer:9999999999',
      },
      awardedOn: '2026-06-05',
      issuedAt: '2026-06-10T10:00:00.000Z',
      learner: { givenName: 'Åsa', familyName: 'Öst', birthDate: '1990-02-28' },
      workload: { credits: [{ framework: { label: { sv: 'ECTS' } }, value: 7.5 }] },
      participation: { languages: ['en'] },
      fields: [{ uri: 'http://data.europa.eu/snb/isced-f/0541' }],
      result: { grade: 'B' },
    })
  })

  it('shows what we wrote, in the words of code lists', () => {
    const [shown] = readAll(write(record))
    expect(shown).toMatchObject({
      title: 'Datadriven affärsutveckling',
      learningOutcomes: [
        'kan genomföra en affärsanalys med stöd av data',
        'kan värdera nya affärsmöjligheter utifrån data',
      ],
      workload: { hours: 80 },
      levels: [{ framework: 'EQF', level: 6, basis: 'regulated' }, { framework: 'SeQF' }],
      assessment: { types: [{ label: { sv: 'projektarbete' } }], supervision: { label: {} } },
      setting: { label: { sv: 'formellt lärande' } },
      result: { grade: 'G', scheme: 'U–G' },
      stacking: { isStackable: true },
      skills: [{ uri: expect.any(String) }, { uri: expect.any(String) }],
      awardId: record.award.id,
      achievementId: record.achievement.id,
    })
  })

  it('shows only the outcomes that a validation recognised', () => {
    const validation = {
      purpose: 'competence' as const,
      standard: { title: { sv: 'Branschstandard' }, version: '2025' },
      steps: [],
      methods: ['portfolio' as const],
      outcomes: [{ outcomeId: 'lo-1', result: 'achieved' as const }],
    }
    const [shown] = readAll(write({ ...record, award: { ...record.award, validation } }))
    expect(shown).toMatchObject({
      title: 'Datadriven affärsutveckling (delvis: 1 av 2 läranderesultat)',
      learningOutcomes: ['kan genomföra en affärsanalys med stöd av data'],
      validation: {
        purpose: 'competence',
        methods: ['portfolio'],
        standard: 'Branschstandard (2025)',
      },
    })
  })

  it('lists wholes and parts that were passed, and decisions that recognised', () => {
    const part = anOpportunity({ code: 'part', title: '<title>Del</title>', instance: '' })
    const failed = anOpportunity({
      title: '<title>Ej</title>',
      instance: '<status>failed</status>',
    })
    const decision = (status: string) =>
      `<resultOfRecognition><title xml:lang="sv">Beslut</title><status>${status}</status><decisionDate>2026-05-01</decisionDate><recognitionResult>${anOpportunity({ title: '<title>Tillgodo</title>', instance: '' })}</recognitionResult></resultOfRecognition>`
    const shown = readAll(
      anElmo({
        opportunities: anOpportunity({ parts: [part, failed] }) + failed,
        afterOpportunities: decision('Positive') + decision('Negative'),
      }),
    )
    expect(shown.map(({ title }) => title)).toEqual(['Algebra', 'Del', 'Tillgodo'])
    expect(shown[2]).toMatchObject({ awardedOn: '2026-05-01', furtherInformation: 'Beslut' })
  })

  it('has the form of a micro-credential, however much a stranger wrote', () => {
    const long = 'x'.repeat(20_000)
    const instance = `<resultLabel>${long}</resultLabel>${'<credit><scheme>ects</scheme><value>1</value></credit><level><type>EQF</type><value>6</value></level>'.repeat(50)}`
    const [shown] = readAll(
      anElmo({
        learner: `<givenNames>${long}</givenNames><familyName>${long}</familyName>`,
        opportunities: anOpportunity({
          instance,
          title: `<title>${long}</title>`,
          more: `<url>https://example.org/${long}</url><description>${long}</description>`,
        }),
      }),
    )
    expect(Value.Check(MicroCredential, shown)).toBe(true)
  })

  it('has the form of a micro-credential, whatever the award', () => {
    fc.assert(
      fc.property(awardRecords, (any) => {
        const [shown] = readAll(write(any))
        return Value.Check(MicroCredential, shown)
      }),
      { numRuns: 40 },
    )
  })
})
