import type { LocalisedText } from '@mikromerit/credentials'

const say = (sv: string, en: string): LocalisedText => ({ sv, en })

/** What stands on the paper besides the credential's own texts. */
export const labels = {
  kind: say('Mikromerit', 'Micro-credential'),
  awardedTo: say('Tilldelad', 'Awarded to'),
  awardingBody: say('Beslutad av', 'Awarding body'),
  awardedOn: say('Datum för tilldelning', 'Date of award'),
  validUntil: say('Kompetensen gäller till och med', 'The competence is valid until'),
  country: say('Land', 'Country'),
  birthDate: say('Födelsedatum', 'Date of birth'),
  outcomes: say('Läranderesultat', 'Learning outcomes'),
  workload: say('Omfattning', 'Notional workload'),
  hours: say('timmar', 'hours'),
  level: say('Nivå', 'Level'),
  cycle: say('Utbildningsnivå', 'Cycle'),
  assessment: say('Bedömningsform', 'Type of assessment'),
  supervision: say('Tillsyn och identitetskontroll', 'Supervision and identity verification'),
  participation: say('Form för deltagande', 'Form of participation'),
  languages: say('Undervisningsspråk', 'Language of instruction'),
  qualityAssurance: say('Kvalitetssäkring', 'Quality assurance'),
  setting: say('Lärandesammanhang', 'Learning setting'),
  proficiency: say('Färdighetsstadium (Dreyfus)', 'Skill proficiency (Dreyfus)'),
  assuranceLevel: say('Bedömningens säkring', 'Assurance of the assessment'),
  grade: say('Betyg', 'Grade'),
  description: say('Beskrivning', 'Description'),
  prerequisites: say('Förkunskapskrav', 'Prerequisites'),
  stacking: say('Kan ingå i', 'Can count towards'),
  components: say('Består av', 'Made up of'),
  fields: say('Utbildningsinriktning', 'Field of education'),
  skills: say('Kompetenser', 'Skills'),
  furtherInformation: say('Mer information', 'Further information'),
  definition: say('Definition', 'Definition'),
  creator: say('Definierad av', 'Defined by'),
  validation: say('Validering', 'Validation'),
  validationStandard: say('Bedömt mot', 'Assessed against'),
  validationMethods: say('Valideringsmetod', 'Method of validation'),
  validationBy: say('Bedömt av', 'Assessed by'),
  reference: say('Referens', 'Reference'),
  verify: say('Kontrollera äktheten', 'Check that it is genuine'),
  verifyPage: say(
    'Öppna kontrollsidan med telefonens kamera.',
    'Open the verification page with a phone’s camera.',
  ),
  verifyCompact: say(
    'Utan nät: läs koden med en app för kontroll. Signaturen ligger i koden.',
    'Without network: read the code with a verification app. The signature is in the code.',
  ),
  compare: say(
    'Papperet bevisar inte vem som visar det: jämför namnet med personens legitimation.',
    'The paper does not prove who shows it: compare the name with the person’s identity document.',
  ),
  unsigned: say(
    'Denna utskrift är inte signerad. Be innehavaren om det digitala beviset.',
    'This print is not signed. Ask the holder for the digital credential.',
  ),
  ownCopy: say(
    'Innehavarens egen utskrift ur en digital plånbok. Det digitala beviset gäller, inte papperet.',
    'The holder’s own print from a digital wallet. The digital credential counts, not the paper.',
  ),
  extract: say(
    'Utdrag: allt får inte plats på papper. Det fullständiga innehållet står i det digitala beviset.',
    'Extract: not everything fits on paper. The digital credential holds the whole.',
  ),
  page: say('Sida', 'Page'),
} as const satisfies Readonly<Record<string, LocalisedText>>

const validationWords: Readonly<Record<string, LocalisedText>> = {
  qualification: say('hel kvalifikation', 'a whole qualification'),
  part_of_qualification: say('del av en kvalifikation', 'part of a qualification'),
  eligibility: say('behörighet', 'eligibility'),
  competence: say('kompetens', 'competence'),
  portfolio: say('portfölj', 'portfolio'),
  interview: say('intervju', 'interview'),
  practical_test: say('praktiskt prov', 'practical test'),
  written_test: say('skriftligt prov', 'written test'),
  oral_test: say('muntligt prov', 'oral test'),
  workplace_observation: say('observation på arbetsplats', 'workplace observation'),
  simulation: say('simulering', 'simulation'),
  certificate_review: say('granskning av intyg', 'review of certificates'),
  formal: say('formellt lärande', 'formal learning'),
  non_formal: say('icke-formellt lärande', 'non-formal learning'),
  informal: say('informellt lärande', 'informal learning'),
  short: say('kort cykel', 'short cycle'),
  first: say('grundnivå', 'first cycle'),
  second: say('avancerad nivå', 'second cycle'),
  third: say('forskarnivå', 'third cycle'),
}

/** A closed value of ours in words; as it stands when it is none of ours. */
export const nameWord = (code: string): LocalisedText =>
  validationWords[code] ?? { sv: code, en: code }
