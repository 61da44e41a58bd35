import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import {
  elmOptions,
  elmValidation,
  findNode,
  findNodes,
  readNoteTexts,
} from '../../../test/elm-documents.ts'
import { projectElm } from './project-elm.ts'

const project = (record: ReturnType<typeof anAwardRecord>) =>
  projectElm(record, elmOptions).credential

describe('a validation as a European Digital Credential', () => {
  const { activity: _, ...award } = anAwardRecord({ award: { validation: elmValidation } }).award
  const record = { ...anAwardRecord(), award }

  it('shows prior learning as an activity, and no course nobody took', () => {
    const activity = findNode(project(record), 'LearningActivity')
    expect(activity).toMatchObject({
      title: { sv: 'Tidigare lärande', en: 'Prior learning' },
      description: { sv: 'Arbete i lager och terminal.' },
    })
    expect(readNoteTexts(activity)).toEqual([
      'learning-setting:informal Lärandeform: informellt lärande',
      'recognition:years-of-practice 15 års erfarenhet',
    ])
  })

  it('says what kind of prior learning it was only where that is recorded', () => {
    expect(findNode(project(record), 'LearningActivity')).not.toHaveProperty('specifiedBy')
    const participation = { modes: [], languages: [], activityTypes: ['volunteering', 'workshop'] }
    const { achievement } = anAwardRecord({ achievement: { participation } })
    const [specification] = findNodes(
      project({ ...record, achievement }),
      'LearningActivitySpecification',
    )
    expect(specification?.dcType).toMatchObject([{ prefLabel: { en: 'volunteering' } }])
  })

  it('says in notes that, how and against what it was validated', () => {
    expect(readNoteTexts(findNode(project(record), 'LearningAchievement').additionalNote)).toEqual([
      'validation-purpose:competence Validering: kunnandet har bedömts och erkänts utan kurs. ' +
        'Syfte: kartläggning och erkännande av kompetens',
      expect.stringMatching(
        /^urn:uuid:\S+ Bedömt mot: Branschstandard för lagerarbete \(2025\), Exempelbranschens yrkesnämnd, SeQF 4$/,
      ),
      'validation-method:interview Valideringsmetod: intervju',
      'validation-method:practical-test Valideringsmetod: praktiskt prov',
      'validation-step:in-depth-mapping Steg i valideringen: fördjupad kartläggning, 2026-04-14',
      'validation-step:assessment Steg i valideringen: bedömning',
      'recognition:assessor-role Bedömare: yrkesbedömare',
    ])
  })

  it('names the organisation that assessed, never the person', () => {
    const credential = project(record)
    expect(findNode(credential, 'LearningAssessment').assessedBy).toMatchObject([
      { legalName: { sv: 'Exempeluniversitetet' } },
    ])
    expect(JSON.stringify(credential)).not.toContain('Bo Bedömare')
  })

  it('tells on its picture that it was validated', () => {
    const pictures = [record, anAwardRecord()].map(
      (one) => findNodes(project(one), 'MediaObject')[0]?.content,
    )
    expect(pictures[0]).not.toBe(pictures[1])
  })
})

describe('a recognition in part', () => {
  const outcomes = [
    { outcomeId: 'lo-1', result: 'achieved' as const },
    { outcomeId: 'lo-2', result: 'partly' as const },
  ]
  const record = anAwardRecord({ award: { validation: { ...elmValidation, outcomes } } })
  const credential = project(record)

  it('never has the title of the whole alone', () => {
    const title = {
      sv: 'Datadriven affärsutveckling (delvis: 1 av 2 läranderesultat)',
      en: 'Data-driven business development (in part: 1 of 2 learning outcomes)',
    }
    expect(findNode(credential, 'LearningAchievement').title).toEqual(title)
    expect(findNode(credential, 'DisplayParameter').title).toEqual(title)
    expect(readNoteTexts(credential)).toContain(
      'recognition:partial Datadriven affärsutveckling, delvis: 1 av 2 läranderesultat',
    )
  })

  it('holds the achieved outcomes only', () => {
    expect(findNode(credential, 'LearningOutcome').title).toMatchObject({
      sv: 'kan genomföra en affärsanalys med stöd av data',
    })
  })

  it('claims neither the credits nor the hours of the whole, and says so', () => {
    expect(findNodes(credential, 'CreditPoint')).toEqual([])
    expect(findNode(credential, 'Qualification')).not.toHaveProperty('volumeOfLearning')
    expect(projectElm(record, elmOptions).losses).toContainEqual(
      expect.objectContaining({ code: 'LOSS_NOT_CARRIED', pointer: '/achievement/workload' }),
    )
  })
})

describe('assessments', () => {
  it('have the grade as the scale writes it, with the scale in words', () => {
    const credential = project(
      anAwardRecord({ award: { result: { grade: 'VG', scheme: 'UGVG' } } }),
    )
    expect(findNode(credential, 'LearningAssessment').grade).toMatchObject({
      noteLiteral: { sv: 'VG' },
    })
    expect(findNode(credential, 'GradingScheme')).toMatchObject({
      title: { sv: 'U–G–VG' },
      description: {
        sv: 'Betyg från lägst till högst: IG, U, G, VG. Lägsta godkända betyg: G.',
      },
    })
  })

  it('pass without a grade when there was none', () => {
    const { result: _, ...award } = anAwardRecord().award
    const credential = project({ ...anAwardRecord(), award })
    expect(findNode(credential, 'LearningAssessment').grade).toMatchObject({
      noteLiteral: { sv: 'Godkänd', en: 'Pass' },
      subject: { id: 'urn:mikromerit:grade:ungraded' },
    })
  })

  it('of several types are parts of one, which alone has the grade', () => {
    const assessments = [
      { types: ['portfolio', 'oral_examination'], mode: 'onsite', assessedOn: '2026-05-29' },
    ]
    const credential = project(anAwardRecord({ award: { assessments } }))
    const [whole, ...parts] = findNodes(credential, 'LearningAssessment')
    expect(whole).toMatchObject({
      title: { en: 'Overall assessment' },
      grade: { noteLiteral: { sv: 'G' } },
    })
    expect(parts).toMatchObject([
      {
        title: { en: 'portfolio' },
        grade: { noteLiteral: { en: 'Included in the overall result' } },
      },
      { title: { en: 'oral examination' }, dateIssued: '2026-05-29T00:00:00Z' },
    ])
    for (const part of parts) expect(part).toMatchObject({ specifiedBy: { mode: [{}] } })
  })

  it('say in a note what supervision the EU has no sure concept for', () => {
    const assessment = { types: ['quiz'], supervision: 'supervised_no_id' }
    const credential = project(anAwardRecord({ achievement: { assessment } }))
    expect(findNode(credential, 'LearningAssessment')).not.toHaveProperty('idVerification')
    expect(readNoteTexts(credential)).toContain(
      'supervision:supervised-no-id Övervakning och identitetskontroll: övervakat, utan identitetskontroll',
    )
    expect(JSON.stringify(credential)).not.toContain('44314532f9')
  })

  it('are by the organisations named, and by none where none is', () => {
    const assessedBy = [{ legalName: { sv: 'Provningsbolaget' }, country: 'SE' }]
    const named = project(
      anAwardRecord({ award: { assessments: [{ types: ['quiz'], assessedBy }] } }),
    )
    expect(findNode(named, 'LearningAssessment').assessedBy).toMatchObject([
      { type: 'Organisation', legalName: { sv: 'Provningsbolaget' } },
    ])
    expect(findNode(project(anAwardRecord()), 'LearningAssessment')).not.toHaveProperty(
      'assessedBy',
    )
  })
})
