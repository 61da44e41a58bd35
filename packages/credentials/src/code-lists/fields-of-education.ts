import { type Concept, euList } from './code-list.ts'

/** The broad fields of ISCED-F 2013; narrower ones are told by the pattern of their code. */
export const broadFieldsOfEducation = euList(
  'isced-f',
  { sv: 'ämnesområde', en: 'field of education' },
  'closed',
  [
    ['00', '00', 'Generic programmes and qualifications', 'Generella program och kvalifikationer'],
    ['01', '01', 'Education', 'Pedagogik'],
    ['02', '02', 'Arts and humanities', 'Humaniora och konst'],
    [
      '03',
      '03',
      'Social sciences, journalism and information',
      'Samhällsvetenskap, journalistik och information',
    ],
    [
      '04',
      '04',
      'Business, administration and law',
      'Företagsekonomi, handel, administration och juridik',
    ],
    [
      '05',
      '05',
      'Natural sciences, mathematics and statistics',
      'Naturvetenskap, matematik och statistik',
    ],
    [
      '06',
      '06',
      'Information and Communication Technologies (ICTs)',
      'Informations- och kommunikationsteknik (IKT)',
    ],
    [
      '07',
      '07',
      'Engineering, manufacturing and construction',
      'Teknik, tillverkning och byggande',
    ],
    [
      '08',
      '08',
      'Agriculture, forestry, fisheries and veterinary',
      'Jordbruk, skogsbruk, fiske och veterinärmedicin',
    ],
    ['09', '09', 'Health and welfare', 'Hälsa och välfärd'],
    ['10', '10', 'Services', 'Tjänster'],
  ],
)

const prefix = 'http://data.europa.eu/snb/isced-f/'

/**
 * A field of education by its code of two to four digits or its URI. A narrow or detailed field has the label
 * of the broad field it lies in. Undefined when it is none: `688` is one that lost its zero in a spreadsheet.
 */
export function findFieldOfEducation(uriOrCode: string): Concept | undefined {
  const code = uriOrCode.startsWith(prefix) ? uriOrCode.slice(prefix.length) : uriOrCode
  if (!/^\d{2,4}$/.test(code)) return undefined
  const unknown = { sv: 'Okänt ämnesområde', en: 'Field unknown' }
  // ISCED-F 2013: 99, 999 and 9999 say that the field is not known.
  if (/^9{2,4}$/.test(code)) return { code, uri: `${prefix}${code}`, labels: unknown }
  const broad = broadFieldsOfEducation.concepts.find((field) => code.startsWith(field.code))
  return broad && { code, uri: `${prefix}${code}`, labels: broad.labels }
}
