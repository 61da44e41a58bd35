import type { LocalisedText } from '@mikromerit/credentials'
import type { AwardField } from './award-fields.ts'

/** What our templates tell the people who fill them in. */
export const templateTexts = {
  sheet: { sv: 'Tilldelningar', en: 'Awards' },
  instructions: { sv: 'Instruktioner', en: 'Instructions' },
  intro: {
    sv: 'Fyll i en rad per person. Kolumner med * måste fyllas i. Ändra inte rubrikerna.',
    en: 'Fill in one row per person. Columns with * must be filled in. Do not change the headers.',
  },
  noPersonalNumber: {
    sv: 'Skriv aldrig personnummer, i någon kolumn.',
    en: 'Never write a personal identity number, in any column.',
  },
  grades: { sv: 'Godkända betyg', en: 'Passing grades' },
} as const satisfies Readonly<Record<string, LocalisedText>>

export const fieldTexts: Readonly<Partial<Record<AwardField, LocalisedText>>> = {
  familyName: {
    sv: 'efternamn; det enda namnet för den som har ett',
    en: 'family name; the only name for those who have one',
  },
  givenName: { sv: 'förnamn', en: 'given names' },
  birthDate: { sv: 'ÅÅÅÅ-MM-DD', en: 'YYYY-MM-DD' },
  email: {
    sv: 'dit erbjudandet skickas; publiceras aldrig',
    en: 'where the offer is sent; never published',
  },
  externalId: {
    sv: 'till exempel europeisk studentidentitet (ESI)',
    en: 'for example a European Student Identifier (ESI)',
  },
  awardedOn: {
    sv: 'dagen för beslutet, ÅÅÅÅ-MM-DD, inte i framtiden',
    en: 'the day of the decision, YYYY-MM-DD, not in the future',
  },
  grade: { sv: 'ett av de godkända betygen', en: 'one of the passing grades' },
  activityStart: { sv: 'första dagen, ÅÅÅÅ-MM-DD', en: 'first day, YYYY-MM-DD' },
  activityEnd: { sv: 'sista dagen, ÅÅÅÅ-MM-DD', en: 'last day, YYYY-MM-DD' },
  validUntil: {
    sv: 'sista dagen kompetensen gäller, ÅÅÅÅ-MM-DD',
    en: 'last day the competence holds, YYYY-MM-DD',
  },
  proficiency: {
    sv: 'om den bedömts: nybörjare, avancerad nybörjare, kompetent, skicklig eller expert',
    en: 'if it was assessed: novice, advanced beginner, competent, proficient or expert',
  },
  sourceReference: {
    sv: 'ert registers egen beteckning: samma beteckning två gånger är samma tilldelning',
    en: "your register's own reference: the same reference twice is the same award",
  },
}
