import { daysBefore, type Scenario } from '../scenario.ts'

/** Recognition of prior learning: fourteen years of practice measured against an industry's standard. */
export const validation = (today: string): Scenario => ({
  heading: 'A validation of prior learning',
  organisation: {
    id: 'exempelbranschens-validering',
    legalName: { sv: 'Exempelbranschens validering', en: 'Example Industry Validation' },
    identifiers: [{ scheme: 'organisationsnummer', value: '999997-9991' }],
    country: 'SE',
    kind: 'industryBody',
    homepage: 'https://www.exempelvalidering.example',
  },
  achievement: {
    id: '019a0000-0000-7000-8000-000000000003',
    title: {
      sv: 'Lagerarbete: godsmottagning och orderplock',
      en: 'Warehouse work: goods reception and order picking',
    },
    learningOutcomes: [
      {
        id: 'lo-1',
        title: {
          sv: 'kan ta emot, kontrollera och registrera gods',
          en: 'can receive, inspect and register goods',
        },
        type: 'skill',
        reuseLevel: 'occupation-specific',
      },
      {
        id: 'lo-2',
        title: {
          sv: 'kan plocka och packa en order med rätt lastsäkring',
          en: 'can pick and pack an order and secure the load',
        },
        type: 'skill',
      },
    ],
    levels: [{ framework: 'SeQF', level: 4, basis: 'self_assessed' }],
    assessment: {
      types: ['practical_assessment', 'oral_examination'],
      modes: ['work_based'],
      supervision: 'supervised_id',
      gradingScheme: 'validated',
    },
    participation: { modes: [], languages: ['sv'] },
    setting: 'informal',
    qualityAssurance: [
      {
        type: 'programme_qa',
        title: { sv: 'Granskad valideringsmodell', en: 'Reviewed validation model' },
        agent: { legalName: { sv: 'Exempelbranschens yrkesnämnd' }, country: 'SE' },
        decidedOn: '2025-02-10',
      },
    ],
    fields: ['1041'],
  },
  learner: { givenName: 'Mira', familyName: 'Provstedt', birthDate: '1981-02-24' },
  holder: 'demo-mira',
  award: {
    awardedOn: daysBefore(today, 3),
    result: { grade: 'godkänd', scheme: 'validated' },
    validation: {
      purpose: 'competence',
      standard: {
        title: {
          sv: 'Branschstandard för lagerarbete',
          en: 'Industry standard for warehouse work',
        },
        version: '2025',
        ownedBy: { sv: 'Exempelbranschens yrkesnämnd' },
        framework: 4,
      },
      steps: [
        { kind: 'mapping', doneOn: daysBefore(today, 40) },
        { kind: 'in_depth_mapping', doneOn: daysBefore(today, 25) },
        { kind: 'assessment', doneOn: daysBefore(today, 10) },
      ],
      methods: ['interview', 'practical_test', 'workplace_observation'],
      assessors: [
        {
          role: { sv: 'yrkesbedömare', en: 'occupational assessor' },
          authorisedBy: { sv: 'Exempelbranschens yrkesnämnd' },
          competence: { sv: '20 år som lagerchef', en: '20 years as warehouse manager' },
        },
      ],
      outcomes: [
        { outcomeId: 'lo-1', result: 'achieved', methods: ['interview', 'practical_test'] },
        { outcomeId: 'lo-2', result: 'achieved', methods: ['workplace_observation'] },
      ],
      priorLearning: {
        setting: 'informal',
        years: 14,
        description: { sv: 'Arbete på tre lager', en: 'Work in three warehouses' },
      },
    },
  },
  txCode: true,
  question: {
    asker: 'a staffing agency',
    purpose: { sv: 'Bemanning av ett nytt lager', en: 'Staffing of a new warehouse' },
    claims: ['learning_outcomes', 'levels', 'assessment_grade', 'types_of_quality_assurance'],
  },
})
