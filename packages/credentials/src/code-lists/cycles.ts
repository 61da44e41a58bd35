import type { CodeList } from './code-list.ts'

/** Cycles of the qualifications framework of the European Higher Education Area; the EU has no list of them. */
export const cycleConcepts: CodeList = {
  name: { sv: 'utbildningsnivå', en: 'cycle of higher education' },
  scheme: 'urn:mikromerit:cycle',
  isClosed: true,
  concepts: [
    {
      code: 'short',
      uri: 'urn:mikromerit:cycle:short',
      labels: { sv: 'kort cykel inom högre utbildning', en: 'short cycle of higher education' },
    },
    {
      code: 'first',
      uri: 'urn:mikromerit:cycle:first',
      labels: { sv: 'grundnivå', en: 'first cycle of higher education' },
    },
    {
      code: 'second',
      uri: 'urn:mikromerit:cycle:second',
      labels: { sv: 'avancerad nivå', en: 'second cycle of higher education' },
    },
    {
      code: 'third',
      uri: 'urn:mikromerit:cycle:third',
      labels: { sv: 'forskarnivå', en: 'third cycle of higher education' },
    },
  ],
}
