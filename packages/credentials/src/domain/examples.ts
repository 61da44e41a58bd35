/** Complete, invented examples. They stand in the OpenAPI documents and work when sent as they are. */
export const achievementExample = {
  title: { sv: 'Datadriven affärsutveckling', en: 'Data-driven business development' },
  description: {
    sv: 'Kort kurs på grundnivå om affärsanalys med stöd av data.',
    en: 'Short first-cycle course on business analysis supported by data.',
  },
  learningOutcomes: [
    {
      id: 'lo-1',
      title: {
        sv: 'kan genomföra en affärsanalys med stöd av data',
        en: 'can perform a business analysis supported by data',
      },
      type: 'skill',
      reuseLevel: 'cross-sector',
      skills: [
        {
          uri: 'http://data.europa.eu/esco/skill/27ed854c-15b8-4ba2-90e9-ae888a219703',
          scheme: 'esco' as const,
          label: { en: 'perform business analysis' },
        },
      ],
    },
    {
      id: 'lo-2',
      title: {
        sv: 'kan värdera nya affärsmöjligheter utifrån data',
        en: 'can assess new business opportunities on the basis of data',
      },
      skills: [
        {
          uri: 'http://data.europa.eu/esco/skill/d207a30b-2f80-4138-9b77-f88d549b8768',
          scheme: 'esco' as const,
        },
      ],
    },
  ],
  levels: [
    { framework: 'EQF', level: 6, basis: 'regulated' as const },
    { framework: 'SeQF', level: 6, basis: 'regulated' as const },
  ],
  cycle: 'first' as const,
  workload: { hours: 80, credits: [{ framework: 'ects', value: 3 }] },
  assessment: {
    types: ['project_work'],
    modes: ['online'],
    supervision: 'supervised_id',
    gradingScheme: 'UG',
  },
  participation: { modes: ['online'], languages: ['sv'] },
  setting: 'formal' as const,
  qualityAssurance: [
    {
      type: 'institutional_qa',
      agent: { legalName: { sv: 'Universitetskanslersämbetet' }, country: 'SE' },
      decidedOn: '2024-03-12',
    },
  ],
  prerequisites: {
    sv: 'Grundläggande behörighet och minst ett års yrkeserfarenhet.',
    en: 'General entry requirements and at least one year of work experience.',
  },
  stacking: {
    kind: 'stackable' as const,
    towards: [{ title: { sv: 'Kandidatprogrammet i affärsutveckling' } }],
  },
  fields: ['0688'],
  furtherInformation: { sv: 'Kursen ges varje termin.', en: 'The course runs every semester.' },
}

export const learnerExample = {
  givenName: 'Alva',
  familyName: 'Exempelsson',
  birthDate: '1994-05-17',
  email: 'alva.exempelsson@example.org',
  externalId: 'urn:schac:personalUniqueCode:int:esi:exempeluniversitetet.example:alva-1',
}

export const awardExample = {
  achievementId: '0190a5c4-7d1e-7c3b-9f00-000000000001',
  learner: learnerExample,
  awardedOn: '2026-06-05',
  sourceReference: 'kursregister-2026-000123',
  result: { grade: 'G', scheme: 'UG' },
  activity: { start: '2026-03-30', end: '2026-05-29' },
}
