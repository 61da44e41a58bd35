import type { LocalisedText } from '../../domain/text.ts'

/** Words of ours in European Digital Credentials; those of concepts stand with the concepts. */
export const words = {
  microCredential: { sv: 'Mikromerit', en: 'Micro-credential' },
  learningActivity: { sv: 'Läraktivitet', en: 'Learning activity' },
  priorLearning: { sv: 'Tidigare lärande', en: 'Prior learning' },
  overallAssessment: { sv: 'Samlad bedömning', en: 'Overall assessment' },
  place: { sv: 'Plats', en: 'Place' },
  qualityAssurance: { sv: 'Kvalitetssäkring', en: 'Quality assurance' },
  skill: { sv: 'Kompetens', en: 'Skill' },
  stackingTarget: { sv: 'Kan ingå i', en: 'Can be part of' },
  supervision: {
    sv: 'Övervakning och identitetskontroll',
    en: 'Supervision and identity verification',
  },
  outcomeType: { sv: 'Typ av läranderesultat', en: 'Type of learning outcome' },
  learningSetting: { sv: 'Lärandeform', en: 'Learning setting' },
  grades: { sv: 'Betyg från lägst till högst', en: 'Grades from the lowest to the highest' },
  passing: { sv: 'Lägsta godkända betyg', en: 'Lowest passing grade' },
  validation: {
    sv: 'Validering: kunnandet har bedömts och erkänts utan kurs. Syfte',
    en: 'Validation: prior learning was assessed and recognised without a course. Purpose',
  },
  validationMethod: { sv: 'Valideringsmetod', en: 'Method of validation' },
  validationStep: { sv: 'Steg i valideringen', en: 'Step of the validation' },
  validationStandard: { sv: 'Bedömt mot', en: 'Assessed against' },
  definitionCreator: { sv: 'Definitionen är skapad av', en: 'The definition was created by' },
  holder: { sv: 'Innehavare', en: 'Holder' },
  awardingBody: { sv: 'Utfärdare', en: 'Awarded by' },
  awardedOn: { sv: 'Tilldelad den', en: 'Awarded on' },
  workload: { sv: 'Omfattning', en: 'Workload' },
  level: { sv: 'Nivå', en: 'Level' },
  validated: { sv: 'Erkänt genom validering', en: 'Recognised by validation' },
  illustration: {
    sv: 'Bilden visar beviset men bevisar ingenting. Kontrollera det digitala beviset.',
    en: 'This picture shows the credential but proves nothing. Check the digital credential.',
  },
} as const satisfies Readonly<Record<string, LocalisedText>>

/** A micro-credential awarded by an organisation, for one language of the display. */
export const describeAwardedBy = (name: string): LocalisedText => ({
  sv: `Mikromerit utfärdad av ${name}`,
  en: `Micro-credential awarded by ${name}`,
})

/** What stands after the title of the whole when only some of its outcomes were recognised (domain.md section 5). */
export const describePart = (recognised: number, total: number): LocalisedText => ({
  sv: `delvis: ${recognised} av ${total} läranderesultat`,
  en: `in part: ${recognised} of ${total} learning outcomes`,
})
