import { type CodeList, euList } from './code-list.ts'

const euCreditFrameworks = euList(
  'education-credit',
  { sv: 'poängsystem', en: 'credit system' },
  'open',
  [
    ['6fcec5c5af', 'ects', 'European Credit Transfer System', 'ECTS'],
    [
      '60b314e826',
      'ecvet',
      'European credit system for vocational education and training',
      'ECVET',
    ],
  ],
)

/**
 * Credit systems. Credits are never converted into those of another system: Swedish higher education
 * credits (hp) are ECTS credits, the points of other school forms are systems of their own.
 */
export const creditFrameworks: CodeList = {
  ...euCreditFrameworks,
  // Open in European Digital Credentials, closed for us: an unknown system cannot be shown or added up.
  isClosed: true,
  concepts: [
    ...euCreditFrameworks.concepts.map((concept) =>
      concept.code === 'ects' ? { ...concept, aliases: ['hp', 'ECTS'] } : concept,
    ),
    {
      code: 'yhp',
      uri: 'urn:mikromerit:credit:yhp',
      labels: { sv: 'YH-poäng', en: 'Swedish higher vocational education points' },
    },
    {
      code: 'gyp',
      uri: 'urn:mikromerit:credit:gyp',
      labels: { sv: 'gymnasiepoäng', en: 'Swedish upper secondary points' },
    },
  ],
}

/** How a number of credits is written after the number: `3 ECTS`. */
export const creditAbbreviations: Readonly<Record<string, string>> = {
  ects: 'ECTS',
  ecvet: 'ECVET',
  yhp: 'YHP',
  gyp: 'GYP',
}
