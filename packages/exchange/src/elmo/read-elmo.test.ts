import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSoftwareSigner } from '@mikromerit/credentials'
import { describe, expect, it } from 'vitest'
import { aLearner, anElmo, anOpportunity, readDocument } from '../../test/elmo-files.ts'
import { elmoFolder, examplesFolder, hasPublishedElmo } from '../../test/elmo-schema.ts'
import { duringValidity, makeSeal } from '../../test/seals.ts'
import { signDocument } from '../xml-signature/sign-document.ts'

const onlyOpportunity = (xml: string) => readDocument(xml).reports[0]?.opportunities[0]

describe('readElmo', () => {
  it('reads learner, institution, course and result', () => {
    const more =
      '<type>Course</type><iscedCode>0541</iscedCode><url>https://example.se/a</url><description xml:lang="sv">Rad 1\nRad 2</description>'
    const result =
      '<identifier type="x">i-1</identifier><start>2026-03-30+01:00</start><date>2026-06-05Z</date><gradingSchemeLocalId>s</gradingSchemeLocalId><resultLabel> VG </resultLabel><credit><scheme>ECTS</scheme><value>7.5</value></credit><level><type>EQF</type><value>6</value></level><level><type>NQF</type><description>SeQF nivå</description><value>6</value></level><languageOfInstruction>sv</languageOfInstruction><engagementHours>30</engagementHours>'
    const document = readDocument(
      anElmo({
        opportunities: anOpportunity({
          more,
          instance: result,
          title: '<title>\n  Algebra\n och mer</title><title xml:lang="en">Algebra</title>',
        }),
        afterOpportunities: '',
        learner: `<identifier type="esi">urn:schac:personalUniqueCode:int:esi:se:1</identifier>${aLearner}`,
      }).replace(
        '</report>',
        '<gradingScheme localId="s"><description xml:lang="sv">U–G–VG</description></gradingScheme></report>',
      ),
    )
    expect(document).toMatchObject({
      version: 1,
      generatedAt: '2026-06-10T12:00:00+02:00',
      learner: {
        givenName: 'Åsa',
        familyName: 'Öst',
        birthDate: '1990-02-28',
        identifiers: [{ scheme: 'esi' }],
      },
      signature: { status: 'unsigned' },
    })
    expect(document.reports[0]).toMatchObject({
      issuer: {
        title: { sv: 'Exempeluniversitetet' },
        identifiers: [{ scheme: 'schac', value: 'example.se' }],
        country: 'SE',
        url: 'https://www.example.se',
      },
      opportunities: [
        {
          identifiers: [{ scheme: 'local', value: 'EX123U' }],
          instanceIdentifiers: [{ scheme: 'x', value: 'i-1' }],
          title: { und: 'Algebra och mer', en: 'Algebra' },
          type: 'Course',
          fieldOfEducation: '0541',
          description: { sv: 'Rad 1\nRad 2' },
          start: '2026-03-30',
          end: '2026-06-05',
          status: 'passed',
          grade: 'VG',
          gradingScheme: { localId: 's', description: { sv: 'U–G–VG' } },
          credits: [
            { framework: 'http://data.europa.eu/snb/education-credit/6fcec5c5af', value: 7.5 },
          ],
          levels: [
            { framework: 'EQF', level: 6 },
            { framework: 'SeQF', level: 6 },
          ],
          languageOfInstruction: 'sv',
          engagementHours: 30,
        },
      ],
    })
    expect(document.findings.map(({ code }) => code)).toEqual(['ELMO_UNSIGNED'])
  })

  it('knows version 2 by its elements, and reads decisions to recognise', () => {
    const recognition = `<resultOfRecognition><title xml:lang="sv">Tillgodoräknande</title><status>Positive</status><decisionDate>2026-05-01</decisionDate><recognitionResult>${anOpportunity({ title: '<title xml:lang="sv">Statistik</title>' })}</recognitionResult></resultOfRecognition>`
    const document = readDocument(
      anElmo({
        learner:
          '<givenNames>Åsa</givenNames><familyName>Öst</familyName><alternativeName>x</alternativeName><dateOfBirth>1990-02-28</dateOfBirth>',
        afterOpportunities: recognition,
      }),
    )
    expect(document).toMatchObject({ version: 2, learner: { birthDate: '1990-02-28' } })
    expect(document.reports[0]?.recognitions).toMatchObject([
      {
        title: { sv: 'Tillgodoräknande' },
        status: 'Positive',
        decidedOn: '2026-05-01',
        results: [{ title: { sv: 'Statistik' } }],
      },
    ])
    expect(document.findings.map(({ code }) => code)).toContain('ELMO_VERSION')
  })

  it('tells a national identifier to whoever asks, and hands it out nowhere', () => {
    const learner = `<identifier type="nationalIdentifier">19640823-3234</identifier><identifier type="studentNumber">6408233234</identifier><identifier type="other">A1</identifier>${aLearner}`
    const heard: string[] = []
    const document = readDocument(anElmo({ learner }), {
      onNationalIdentifier: (identifier) => heard.push(identifier),
    })
    expect(heard).toEqual(['19640823-3234', '6408233234'])
    expect(document.learner.identifiers).toEqual([{ scheme: 'other', value: 'A1' }])
    expect(JSON.stringify(document)).not.toContain('3234')
    expect(JSON.stringify(readDocument(anElmo({ learner })))).not.toContain('3234')
  })

  it('keeps kinds and sizes of attachments, never their content', () => {
    const attachment =
      '<attachment><identifier type="internal">a</identifier><title>Bevis</title><type>Diploma</type><content xml:lang="sv">data:application/pdf;base64,UGxhbnRlZA==</content><content>no data</content></attachment>'
    const document = readDocument(anElmo().replace('</report>', `${attachment}</report>`))
    expect(document.reports[0]?.attachments).toEqual([
      {
        identifiers: ['a'],
        title: { und: 'Bevis' },
        type: 'Diploma',
        contents: [
          { mediaType: 'application/pdf', bytes: 7 },
          { mediaType: 'application/octet-stream', bytes: 7 },
        ],
      },
    ])
    expect(JSON.stringify(document)).not.toMatch(/UGxhbnRlZA|Planted/)
  })

  it('reads our extension, and leaves out what does not have its form', () => {
    const extension = `<extension><other xmlns="urn:x">1</other>
<microCredential xmlns="urn:mikromerit:elmo:1">
<volumeOfLearning>PT7.5H30M</volumeOfLearning>
<learningSetting>magic</learningSetting>
<learningOutcome><title xml:lang="sv">kan lösa ekvationer</title><skill>http://data.europa.eu/esco/skill/1</skill></learningOutcome>
<version>-1</version>
<planted>1</planted>
<award><awardedOn>2026-06-05</awardedOn><activity><start>no</start></activity></award>
</microCredential></extension>`
    const document = readDocument(anElmo({ opportunities: anOpportunity({ instance: extension }) }))
    expect(document.reports[0]?.opportunities[0]?.microCredential).toEqual({
      achievement: {
        workload: { hours: 8 },
        learningOutcomes: [
          {
            title: { sv: 'kan lösa ekvationer' },
            skills: [{ uri: 'http://data.europa.eu/esco/skill/1' }],
          },
        ],
      },
      award: { awardedOn: '2026-06-05' },
    })
    expect(document.findings.map(({ code, line }) => [code, line])).toEqual([
      ['ELMO_UNSIGNED', 2],
      ['ELMO_EXTENSION_INVALID', 15],
      ['ELMO_EXTENSION_INVALID', 13],
      ['ELMO_EXTENSION_INVALID', 17],
    ])
  })

  it('ignores elements of other namespaces with names of ours', () => {
    const document = readDocument(
      anElmo({ learner: `<familyName xmlns="urn:x">Planted</familyName>${aLearner}` }),
    )
    expect(document.learner.familyName).toBe('Öst')
    const opportunity = onlyOpportunity(
      anElmo({
        opportunities: anOpportunity({
          instance:
            '<extension><microCredential xmlns="urn:x"><version>1</version></microCredential></extension>',
        }),
      }),
    )
    expect(opportunity?.microCredential).toBeUndefined()
  })

  it('says what the signature is worth, and reads only what was signed', async () => {
    const seal = await makeSeal({ name: 'University' })
    const signer = createSoftwareSigner({
      privateKey: seal.privateKey,
      x5c: [seal.certificate.raw.toString('base64')],
    })
    const signed = await signDocument(anElmo(), signer)
    const options = { anchors: [seal.certificate], now: duringValidity }
    expect(readDocument(signed, options)).toMatchObject({
      signature: { status: 'verified', signer: { subject: 'CN=University' } },
      findings: [],
    })
    expect(readDocument(signed, { ...options, anchors: [] })).toMatchObject({
      signature: { status: 'undetermined' },
      findings: [{ code: 'ELMO_SIGNATURE_UNTRUSTED', severity: 'warning' }],
    })
    expect(readDocument(signed.replace('<value>3', '<value>300'), options)).toMatchObject({
      signature: { status: 'invalid' },
      findings: [{ code: 'ELMO_SIGNATURE_INVALID', severity: 'error' }],
    })
  })
})

describe.skipIf(!hasPublishedElmo)('the published examples', () => {
  it('of ELMO 1.7.0: its odd markup, its grading scales, and the credits it counts twice', () => {
    const document = readDocument(readFileSync(join(elmoFolder, 'elmo-1.7.0-example.xml'), 'utf8'))
    const [report] = document.reports
    expect(report?.opportunities.map(({ title }) => title.en ?? title.und)).toEqual([
      'Master of Science in Biology',
      'Compiler construction',
      'The importance of <br> in HTML',
    ])
    expect(report?.opportunities[1]?.gradingScheme?.description?.en).toMatch(
      /^A number of the scale/,
    )
    expect(document.findings.map(({ code, line }) => [code, line])).toEqual([
      ['ELMO_SIGNATURE_INVALID', 19],
      ['DOUBLE_CREDIT', 145],
    ])
    expect(JSON.stringify(document)).not.toContain('83041200000')
  })

  it('of our own: with the extension', () => {
    const document = readDocument(readFileSync(join(examplesFolder, 'elmo-1.7.xml'), 'utf8'))
    expect(document.findings.map(({ code }) => code)).toEqual(['ELMO_UNSIGNED'])
    expect(document.reports[0]?.opportunities[0]?.microCredential?.achievement).toMatchObject({
      workload: { hours: 80 },
      setting: 'formal',
      assessment: { types: ['http://data.europa.eu/snb/assessment/795dac4096'] },
      participation: { modes: ['http://data.europa.eu/snb/learning-assessment/920fbb3cbe'] },
      qualityAssurance: [{ type: 'http://data.europa.eu/snb/accreditation/bb4618238e' }],
    })
  })
})
