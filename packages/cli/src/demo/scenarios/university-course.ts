import { daysBefore, type Scenario } from '../scenario.ts'

/** A course of 7.5 credits at second-cycle level: learned in a classroom and a laboratory, graded. */
export const universityCourse = (today: string): Scenario => ({
  heading: 'A university course',
  organisation: {
    id: 'exempeluniversitetet',
    legalName: { sv: 'Exempeluniversitetet', en: 'Example University' },
    identifiers: [{ scheme: 'organisationsnummer', value: '999999-9999' }],
    country: 'SE',
    kind: 'university',
    homepage: 'https://www.exempeluniversitetet.example',
  },
  achievement: {
    id: '019a0000-0000-7000-8000-000000000001',
    title: {
      sv: 'Maskininlärning för hållbar produktion',
      en: 'Machine learning for sustainable production',
    },
    description: {
      sv: 'Kurs på avancerad nivå om att bygga, utvärdera och ansvara för modeller som styr tillverkning.',
      en: 'Second-cycle course on building, evaluating and answering for models that control manufacturing.',
    },
    learningOutcomes: [
      {
        id: 'lo-1',
        title: {
          sv: 'kan bygga och träna en modell som förutsäger energianvändningen i en produktionslinje',
          en: 'can build and train a model that predicts the energy use of a production line',
        },
        type: 'skill',
        reuseLevel: 'cross-sector',
      },
      {
        id: 'lo-2',
        title: {
          sv: 'kan värdera en modells osäkerhet och redovisa den för dem som beslutar',
          en: 'can assess the uncertainty of a model and report it to those who decide',
        },
        type: 'responsibility_autonomy',
      },
    ],
    workload: { hours: 200, credits: [{ framework: 'ects', value: 7.5 }] },
    levels: [
      { framework: 'EQF', level: 7, basis: 'regulated' },
      { framework: 'SeQF', level: 7, basis: 'regulated' },
    ],
    cycle: 'second',
    assessment: {
      types: ['project_work', 'oral_examination'],
      modes: ['onsite'],
      supervision: 'supervised_id',
      gradingScheme: 'UGVG',
    },
    participation: { modes: ['blended'], languages: ['sv', 'en'] },
    setting: 'formal',
    qualityAssurance: [
      {
        type: 'institutional_qa',
        title: {
          sv: 'Granskning av lärosätets kvalitetssäkringsarbete',
          en: 'Institutional review',
        },
        agent: { legalName: { sv: 'Universitetskanslersämbetet' }, country: 'SE' },
        decidedOn: '2024-03-12',
      },
    ],
    prerequisites: {
      sv: 'Kandidatexamen i teknik eller naturvetenskap.',
      en: 'A bachelor’s degree in engineering or science.',
    },
    stacking: {
      kind: 'stackable',
      towards: [
        {
          title: {
            sv: 'Masterprogrammet i industriell AI',
            en: 'Master’s programme in industrial AI',
          },
        },
      ],
    },
    fields: ['0619'],
    skills: [
      {
        uri: 'http://data.europa.eu/esco/skill/8369c2d6-c100-4cf6-bd83-9668d8678433',
        scheme: 'esco',
        label: { sv: 'använda maskininlärning', en: 'utilise machine learning' },
      },
    ],
  },
  learner: {
    givenName: 'Alva',
    familyName: 'Exempelsson',
    birthDate: '1994-05-17',
    email: 'alva.exempelsson@example.org',
  },
  holder: 'demo-alva',
  award: {
    awardedOn: daysBefore(today, 5),
    result: { grade: 'VG', scheme: 'UGVG' },
    activity: { start: daysBefore(today, 75), end: daysBefore(today, 12) },
  },
  txCode: true,
  question: {
    asker: 'an employer who looks for a data analyst',
    purpose: {
      sv: 'Ansökan om tjänst som dataanalytiker',
      en: 'Application for a post as data analyst',
    },
  },
})
