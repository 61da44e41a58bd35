import { type CodeList, euList } from './code-list.ts'

/** Has no concept for informal learning; see `learningSettings` for ours. */
export const learningSettingConcepts = euList(
  'learning-setting',
  { sv: 'lärandeform', en: 'learning setting' },
  'closed',
  [
    ['6fd4685715', 'formal', 'formal learning', 'formellt lärande'],
    ['e207a81fc7', 'non_formal', 'non-formal learning', 'icke-formellt lärande'],
  ],
)

export const learningActivityTypes = euList(
  'learning-activity',
  { sv: 'typ av läraktivitet', en: 'learning activity type' },
  'open',
  [
    ['ff436ea7c9', 'classroom', 'classroom coursework', 'klassrumsundervisning'],
    ['bf2e3a7bae', 'e_learning', 'e-learning coursework', 'e-lärande'],
    [
      '3c8bd58d62',
      'lab',
      'lab / simulation / practice coursework',
      'laboration, simulering eller övning',
    ],
    [
      'efff75e10a',
      'workshop',
      'workshop, seminar or conference',
      'workshop, seminarium eller konferens',
    ],
    ['fd33e234ae', 'educational_programme', 'educational programme', 'utbildningsprogram'],
    ['b660f5dcea', 'self_study', 'self-motivated study', 'självstudier'],
    ['a7e556215a', 'research', 'research', 'forskning'],
    ['4357e0e681', 'job_experience', 'job experience', 'arbetslivserfarenhet'],
    ['bf5588ff84', 'internship', 'internship', 'praktik'],
    ['d46a826a39', 'apprenticeship', 'apprenticeship', 'lärlingsutbildning'],
    ['59eaf34fab', 'volunteering', 'volunteering', 'ideellt arbete'],
  ],
)

export const learningOpportunityTypes = euList(
  'learning-opportunity',
  { sv: 'typ av utbildningstillfälle', en: 'learning opportunity type' },
  'open',
  [
    ['74a4a268e8', 'short_learning_programme', 'Short learning programme', 'kort utbildning'],
    ['05053c1cbe', 'course', 'Course', 'kurs'],
    ['7e1ac538db', 'class', 'Class', 'lektion'],
    ['0f7dac46ca', 'programme_module', 'Programme module', 'delkurs eller modul'],
    ['79343569f3', 'educational_programme', 'Educational programme', 'utbildningsprogram'],
    ['17744a2647', 'mooc', 'MOOC', 'MOOC'],
    ['63f9f6180c', 'apprenticeship', 'Apprenticeship', 'lärlingsutbildning'],
    ['77b99de990', 'internship', 'Internship', 'praktik'],
    ['11252a5207', 'mentoring', 'Mentoring', 'mentorskap'],
    ['65a4cf5de2', 'study_visit', 'Study visit', 'studiebesök'],
    ['8b965da2d4', 'service_learning', 'Service learning', 'samhällsengagerat lärande'],
    ['b2434ca358', 'thesis', 'Thesis', 'uppsats eller examensarbete'],
  ],
)

export const learningSchedules = euList(
  'learning-schedule',
  { sv: 'studietakt', en: 'learning schedule' },
  'open',
  [
    ['72a0ab92fa', 'full_time', 'Full time', 'heltid'],
    ['f230bae523', 'part_time_intensive', 'Part time intensive', 'deltid, intensiv'],
    ['67395e6b5a', 'part_time_light', 'Part time light', 'deltid, lätt'],
  ],
)

export const skillReuseLevels = euList(
  'skill-reuse-level',
  { sv: 'återanvändbarhet', en: 'skill reuse level' },
  'closed',
  [
    [
      'transversal',
      'transversal',
      'transversal skills and competences',
      'övergripande färdigheter och kompetenser',
    ],
    [
      'cross-sector',
      'cross-sector',
      'cross-sector skills and competences',
      'sektorsövergripande färdigheter och kompetenser',
    ],
    [
      'sector-specific',
      'sector-specific',
      'sector specific skills and competences',
      'sektorsspecifika färdigheter och kompetenser',
    ],
    [
      'occupation-specific',
      'occupation-specific',
      'occupation specific skills and competences',
      'yrkesspecifika färdigheter och kompetenser',
    ],
  ],
)

const euOutcomeTypes = euList(
  'skill-type',
  { sv: 'typ av läranderesultat', en: 'learning outcome type' },
  'closed',
  [
    ['knowledge', 'knowledge', 'knowledge', 'kunskap'],
    ['skill', 'skill', 'skill', 'färdighet'],
  ],
)

/** The EU list knows knowledge and skill; the European Qualifications Framework has a third, for which we keep our own. */
export const learningOutcomeTypes: CodeList = {
  ...euOutcomeTypes,
  concepts: [
    ...euOutcomeTypes.concepts,
    {
      code: 'responsibility_autonomy',
      uri: 'urn:mikromerit:outcome-type:responsibility-autonomy',
      labels: { sv: 'ansvar och självständighet', en: 'responsibility and autonomy' },
    },
  ],
}
