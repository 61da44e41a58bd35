import { daysBefore, type Scenario } from '../scenario.ts'

/** A company's own safety course: hours only, no level, no credits, and a competence that must be renewed. */
export const companyCourse = (today: string): Scenario => ({
  heading: 'A company course',
  organisation: {
    id: 'exempelverken',
    legalName: { sv: 'Exempelverken AB', en: 'Exempelverken AB' },
    identifiers: [{ scheme: 'organisationsnummer', value: '999998-9990' }],
    country: 'SE',
    kind: 'company',
    homepage: 'https://www.exempelverken.example',
  },
  achievement: {
    id: '019a0000-0000-7000-8000-000000000002',
    title: { sv: 'Säkert arbete i robotcell', en: 'Safe work in a robot cell' },
    description: {
      sv: 'Tre dagar för dem som ställer om, felsöker eller rengör industrirobotar.',
      en: 'Three days for those who set up, troubleshoot or clean industrial robots.',
    },
    learningOutcomes: [
      {
        id: 'lo-1',
        title: {
          sv: 'kan ta en robotcell ur drift och säkra den mot oavsiktlig start',
          en: 'can take a robot cell out of service and secure it against unintended start',
        },
        type: 'skill',
        reuseLevel: 'sector-specific',
      },
      {
        id: 'lo-2',
        title: {
          sv: 'kan bedöma riskerna inför ett ingrepp i cellen',
          en: 'can assess the risks before work inside the cell',
        },
        type: 'skill',
      },
    ],
    workload: { hours: 24 },
    assessment: {
      types: ['practical_assessment', 'quiz'],
      modes: ['onsite'],
      supervision: 'supervised_id',
      gradingScheme: 'UG',
    },
    participation: { modes: ['work_based'], languages: ['sv'] },
    setting: 'non_formal',
    qualityAssurance: [
      {
        type: 'programme_qa',
        title: { sv: 'Branschens kursgranskning', en: 'Review by the industry' },
        agent: { legalName: { sv: 'Exempelbranschens säkerhetsråd' }, country: 'SE' },
        decidedOn: '2025-09-01',
      },
    ],
    credentialValidity: 'P3Y',
    stacking: { kind: 'stand_alone' },
    fields: ['1022'],
    targetGroups: [
      { sv: 'Operatörer och underhållspersonal', en: 'Operators and maintenance staff' },
    ],
  },
  learner: { givenName: 'Leo', familyName: 'Testgren', birthDate: '1988-11-02' },
  holder: 'demo-leo',
  award: {
    awardedOn: daysBefore(today, 2),
    validUntil: daysBefore(today, 2 - 3 * 365),
    result: { grade: 'G', scheme: 'UG' },
    activity: { start: daysBefore(today, 4), end: daysBefore(today, 2) },
  },
  txCode: false,
  question: {
    asker: 'the gate of another factory, which must know who comes',
    purpose: {
      sv: 'Tillträde till robotcell 4 för service',
      en: 'Access to robot cell 4 for maintenance',
    },
    claims: [
      'given_name',
      'family_name',
      'learning_outcomes',
      'supervision_and_identity_verification',
    ],
  },
})
