import type { Level } from '../../domain/learning.ts'
import type { LocalisedText } from '../../domain/text.ts'
import type { Evidence, Validation } from '../../domain/validation.ts'

/** Words of ours in a badge: a badge speaks one language, and so do they. */
export const headings = {
  outcomes: { sv: 'Läranderesultat', en: 'Learning outcomes' },
  workload: { sv: 'Omfattning', en: 'Workload' },
  assessment: { sv: 'Bedömning', en: 'Assessment' },
  supervision: {
    sv: 'Övervakning och identitetskontroll',
    en: 'Supervision and identity verification',
  },
  gradingScheme: { sv: 'Betygsskala', en: 'Grading scale' },
  participation: { sv: 'Deltagandeform', en: 'Form of participation' },
  languages: { sv: 'Undervisningsspråk', en: 'Language of instruction' },
  prerequisites: { sv: 'Förkunskaper', en: 'Prerequisites' },
  stacking: { sv: 'Kan ingå i', en: 'Can be part of' },
  validation: { sv: 'Validering', en: 'Recognition of prior learning' },
  furtherInformation: { sv: 'Ytterligare information', en: 'Further information' },
  purpose: { sv: 'Syfte', en: 'Purpose' },
  methods: { sv: 'Metoder', en: 'Methods' },
  standard: { sv: 'Standard', en: 'Standard' },
  assessedBy: { sv: 'Bedömt av', en: 'Assessed by' },
  grade: { sv: 'Betyg', en: 'Grade' },
  award: { sv: 'Tilldelningsbeslut', en: 'Award decision' },
  digest: { sv: 'Kontrollsumma', en: 'Digest' },
  definition: { sv: 'Definition', en: 'Definition' },
  awardedBy: { sv: 'Tilldelad av', en: 'Awarded by' },
  heldBy: { sv: 'Förvaras hos', en: 'Kept by' },
} as const satisfies Readonly<Record<string, LocalisedText>>

export const sentences = {
  /** Whoever sees the badge must see that there was no course (domain.md section 5). */
  validated: {
    sv: 'Kunnandet har erkänts genom validering, utan en kurs.',
    en: 'The learning was recognised through validation, without a course.',
  },
} as const satisfies Readonly<Record<string, LocalisedText>>

export const levelBasisWords: Readonly<Record<NonNullable<Level['basis']>, LocalisedText>> = {
  regulated: { sv: 'Nivån följer av författning', en: 'The level is set by law' },
  decided: { sv: 'Nivån är beslutad', en: 'The level was decided' },
  self_assessed: {
    sv: 'Nivån är utfärdarens egen bedömning',
    en: 'The level is the issuer’s own assessment',
  },
}

export const purposeWords: Readonly<Record<Validation['purpose'], LocalisedText>> = {
  qualification: { sv: 'kvalifikation', en: 'qualification' },
  part_of_qualification: { sv: 'del av kvalifikation', en: 'part of a qualification' },
  eligibility: { sv: 'behörighet', en: 'eligibility' },
  competence: { sv: 'kompetens', en: 'competence' },
}

export const methodWords: Readonly<Record<Validation['methods'][number], LocalisedText>> = {
  portfolio: { sv: 'portfolio', en: 'portfolio' },
  interview: { sv: 'intervju', en: 'interview' },
  practical_test: { sv: 'praktiskt prov', en: 'practical test' },
  written_test: { sv: 'skriftligt prov', en: 'written test' },
  oral_test: { sv: 'muntligt prov', en: 'oral test' },
  workplace_observation: { sv: 'observation på arbetsplatsen', en: 'workplace observation' },
  simulation: { sv: 'simulering', en: 'simulation' },
  certificate_review: { sv: 'granskning av intyg', en: 'review of certificates' },
}

export const evidenceWords: Readonly<Record<Evidence['kind'], LocalisedText>> = {
  accreditation: { sv: 'Ackreditering', en: 'Accreditation' },
  mandate: { sv: 'Uppdrag', en: 'Mandate' },
  assessment_record: { sv: 'Bedömningsprotokoll', en: 'Assessment record' },
  portfolio: { sv: 'Portfolio', en: 'Portfolio' },
  reference: { sv: 'Referens', en: 'Reference' },
  work_sample: { sv: 'Arbetsprov', en: 'Work sample' },
}

export const settingWords = {
  formal: { sv: 'formellt lärande', en: 'formal learning' },
  non_formal: { sv: 'icke-formellt lärande', en: 'non-formal learning' },
  informal: { sv: 'informellt lärande', en: 'informal learning' },
} as const satisfies Readonly<Record<string, LocalisedText>>
