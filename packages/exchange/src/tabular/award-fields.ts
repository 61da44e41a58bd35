/** What a table may say about an award. The last three are compared with the definition, not stored. */
export const awardFields = [
  'familyName',
  'givenName',
  'birthDate',
  'email',
  'externalId',
  'awardedOn',
  'grade',
  'activityStart',
  'activityEnd',
  'validUntil',
  'proficiency',
  'sourceReference',
  'achievement',
  'credits',
  'hours',
  'fieldOfEducation',
] as const
export type AwardField = (typeof awardFields)[number]

/** A table without these says nothing that could be awarded. */
export const neededFields: readonly AwardField[] = ['familyName', 'awardedOn']

/** Where a field lies in the award, so that the rules' findings can name a column. */
export const fieldPointers: Readonly<Partial<Record<AwardField, string>>> = {
  familyName: '/learner/familyName',
  givenName: '/learner/givenName',
  birthDate: '/learner/birthDate',
  email: '/learner/email',
  externalId: '/learner/externalId',
  awardedOn: '/awardedOn',
  grade: '/result',
  activityStart: '/activity/start',
  activityEnd: '/activity/end',
  validUntil: '/validUntil',
  proficiency: '/proficiency',
  sourceReference: '/sourceReference',
  achievement: '/achievementId',
}

/** The field a pointer leads into, or the first one inside the member it leads to. */
export const fieldAt = (pointer: string): AwardField | undefined =>
  awardFields.find((field) => {
    const own = fieldPointers[field]
    return own !== undefined && (pointer === own || pointer.startsWith(`${own}/`))
  }) ?? awardFields.find((field) => fieldPointers[field]?.startsWith(`${pointer}/`))

/** What a header may be called, the first in each language being what our templates write. */
export const fieldNames: Readonly<
  Record<AwardField, { sv: readonly string[]; en: readonly string[] }>
> = {
  familyName: {
    sv: ['Efternamn'],
    en: ['Family name', 'Surname', 'Last name'],
  },
  givenName: {
    sv: ['Förnamn', 'Tilltalsnamn'],
    en: ['Given name', 'Given names', 'First name', 'Forename'],
  },
  birthDate: {
    sv: ['Födelsedatum', 'Född'],
    en: ['Date of birth', 'Birth date', 'Born'],
  },
  email: {
    sv: ['E-post', 'E-postadress', 'Epost', 'Mejl', 'Mejladress', 'Mail'],
    en: ['Email', 'E-mail', 'E-mail address', 'Email address'],
  },
  externalId: {
    sv: ['Externt id', 'Studentidentitet', 'Europeisk studentidentitet', 'ESI'],
    en: ['External id', 'Student id', 'European Student Identifier', 'ESI'],
  },
  awardedOn: {
    sv: ['Tilldelad', 'Tilldelningsdatum', 'Utfärdad', 'Utfärdandedatum', 'Beslutsdatum'],
    en: ['Awarded on', 'Award date', 'Date of award', 'Date of issue', 'Issued on'],
  },
  grade: { sv: ['Betyg', 'Resultat'], en: ['Grade', 'Result'] },
  activityStart: {
    sv: ['Startdatum', 'Kursstart', 'Påbörjad'],
    en: ['Start date', 'Started on', 'Activity start'],
  },
  activityEnd: {
    sv: ['Slutdatum', 'Kursslut', 'Avslutad'],
    en: ['End date', 'Ended on', 'Activity end'],
  },
  validUntil: {
    sv: ['Giltig till', 'Giltig till och med', 'Giltig tom', 'Giltighetstid'],
    en: ['Valid until', 'Valid to', 'Expires', 'Expires on'],
  },
  proficiency: {
    sv: ['Färdighetsstadium', 'Färdighet', 'Dreyfusstadium'],
    en: ['Proficiency', 'Skill proficiency', 'Dreyfus stage'],
  },
  sourceReference: {
    sv: ['Referens', 'Registrets referens', 'Källreferens'],
    en: ['Reference', 'Source reference', 'Register reference'],
  },
  achievement: {
    sv: ['Mikromerit', 'Kurskod', 'Utbildningskod', 'Kod'],
    en: ['Micro-credential', 'Achievement', 'Achievement id', 'Course code', 'Code'],
  },
  credits: {
    sv: ['Poäng', 'Högskolepoäng', 'hp', 'YH-poäng', 'Omfattning poäng'],
    en: ['Credits', 'ECTS', 'ECTS credits'],
  },
  hours: { sv: ['Timmar', 'Antal timmar'], en: ['Hours', 'Workload hours'] },
  fieldOfEducation: {
    sv: ['Ämnesområde', 'Ämneskod'],
    en: ['Field of education', 'ISCED', 'ISCED-F', 'ISCED code'],
  },
}

/** Columns of our own error file, passed over when a corrected one comes back. */
export const errorColumns = { row: { sv: 'Rad', en: 'Row' }, errors: { sv: 'Fel', en: 'Errors' } }

/** Headers that announce what must never be stored; the file is refused before a row is read. */
const personalNumbers = [
  'personnummer',
  'personnr',
  'pnr',
  'samordningsnummer',
  'personalidentitynumber',
  'nationalidentifier',
  'ssn',
]

/** Letters and digits alone, whatever the case, the spaces, a star for "required", a unit in brackets. */
const simplify = (header: string): string =>
  header
    .normalize('NFC')
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')

const known = new Map<string, AwardField | 'ignored' | 'personalNumber'>([
  ...Object.values(errorColumns).flatMap(({ sv, en }) =>
    [sv, en].map((name) => [simplify(name), 'ignored'] as const),
  ),
  ...personalNumbers.map((name) => [name, 'personalNumber'] as const),
  ...awardFields.flatMap((field) =>
    [field, ...fieldNames[field].sv, ...fieldNames[field].en].map(
      (name) => [simplify(name), field] as const,
    ),
  ),
])

/** What a header means; undefined when it is not known. */
export const findField = (header: string): AwardField | 'ignored' | 'personalNumber' | undefined =>
  known.get(simplify(header))
