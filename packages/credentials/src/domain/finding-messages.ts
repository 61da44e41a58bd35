import type { Finding } from './finding.ts'

type Rule = readonly [severity: Finding['severity'], sv: string, en: string]

/** The rules of domain.md section 8, and what they say. Messages never repeat a value: the pointer shows it. */
export const findingMessages = {
  TITLE_MISSING: ['error', 'Benämningen saknas.', 'The title is missing.'],
  TITLE_LONG: [
    'warning',
    'Benämningen är längre än 120 tecken och kortas av i vissa plånböcker.',
    'The title is longer than 120 characters and will be cut in some wallets.',
  ],
  TITLE_LANGUAGE_SV_OR_EN: [
    'hint',
    'Ange benämningen på både svenska och engelska.',
    'Add the title in both Swedish and English.',
  ],
  LANG_TEXT_EMPTY: ['error', 'Texten är tom.', 'The text is empty.'],
  TEXT_MARKUP: [
    'warning',
    'Formatering är inte tillåten här och visas som text.',
    'Markup is not allowed here and will be shown as text.',
  ],
  TEXT_UNWRITABLE: [
    'error',
    'Texten innehåller ett tecken som inte kan lagras eller skrivas ut.',
    'The text holds a character that can be neither stored nor written.',
  ],
  URI_INVALID: ['error', 'Detta är inte en giltig URI.', 'This is not a valid URI.'],
  OUTCOMES_MISSING: [
    'error',
    'Ange minst ett läranderesultat.',
    'State at least one learning outcome.',
  ],
  OUTCOME_VAGUE: [
    'hint',
    'Skriv vad individen kan göra, med ett iakttagbart verb.',
    'Say what the learner can do, with an observable verb.',
  ],
  OUTCOME_DUPLICATE: [
    'warning',
    'Två läranderesultat är likadana.',
    'Two learning outcomes are the same.',
  ],
  OUTCOME_ID_REPEATED: [
    'error',
    'Två läranderesultat har samma id.',
    'Two learning outcomes have the same id.',
  ],
  OUTCOMES_MANY: [
    'hint',
    'Många läranderesultat för en mikromerit: överväg att dela upp den.',
    'Many learning outcomes for a micro-credential: consider splitting it.',
  ],
  WORKLOAD_MISSING: [
    'error',
    'Ange omfattningen i timmar eller poäng.',
    'State the workload in hours or credits.',
  ],
  WORKLOAD_ECTS_MISMATCH: [
    'warning',
    'Timmar per högskolepoäng ligger utanför det förväntade, 25–30.',
    'The hours per ECTS credit are outside the expected 25 to 30.',
  ],
  WORKLOAD_YH_MISMATCH: [
    'warning',
    'Timmar per YH-poäng ligger utanför det förväntade, cirka 8.',
    'The hours per YH point are outside the expected, about 8.',
  ],
  CREDIT_FRAMEWORK_UNKNOWN: ['error', 'Okänt poängsystem.', 'Unknown credit system.'],
  CREDIT_STEP: [
    'warning',
    'Högskolepoäng ges normalt i steg om 0,5.',
    'Credits are normally given in steps of 0.5.',
  ],
  SIZE_LARGE: [
    'warning',
    'Detta är stort för att vara en mikromerit.',
    'This is large for a micro-credential.',
  ],
  LEVEL_OUT_OF_RANGE: [
    'error',
    'Nivån måste vara ett heltal från 1 till 8.',
    'The level must be a whole number from 1 to 8.',
  ],
  LEVEL_FRAMEWORK_UNKNOWN: [
    'error',
    'Ange nivåns URI när ramverket varken är EQF eller SeQF.',
    'Give the URI of the level when the framework is neither EQF nor SeQF.',
  ],
  LEVEL_FRAMEWORKS_DISAGREE: [
    'warning',
    'EQF-nivå och SeQF-nivå skiljer sig åt.',
    'EQF level and SeQF level differ.',
  ],
  LEVEL_BASIS_MISSING: [
    'warning',
    'Ange vem som har beslutat nivån, eller markera den som egen bedömning.',
    'Say who placed it on this level, or mark it as your own assessment.',
  ],
  LEVEL_MISSING: ['hint', 'Ange nivå om en sådan finns.', 'State the level if one applies.'],
  CYCLE_LEVEL_MISMATCH: [
    'warning',
    'Utbildningsnivå och EQF-nivå stämmer inte överens.',
    'The cycle and the level do not match.',
  ],
  CODE_UNKNOWN: ['error', 'Värdet finns inte i kodlistan.', 'The value is not in the code list.'],
  CODE_UNKNOWN_OPEN: [
    'warning',
    'Värdet är inte känt i kodlistan.',
    'The value is not a known one of the code list.',
  ],
  ISCED_FORMAT: [
    'error',
    'Ämnesområde ska vara en ISCED-F-kod med 2–4 siffror.',
    'Field of education must be an ISCED-F code of 2 to 4 digits.',
  ],
  SETTING_INFORMAL_NEEDS_VALIDATION: [
    'error',
    'Informellt lärande kan bara ges genom validering.',
    'Informal learning can only be awarded through validation.',
  ],
  ASSESSMENT_MISSING: [
    'error',
    'Ange hur läranderesultaten bedöms.',
    'State how the learning outcomes are assessed.',
  ],
  ASSESSMENT_ATTENDANCE_ONLY: [
    'warning',
    'Enbart närvaro räcker inte för en mikromerit: läranderesultaten ska bedömas.',
    'Attendance alone does not make a micro-credential: outcomes must be assessed.',
  ],
  SUPERVISION_MISSING: [
    'hint',
    'Ange om bedömningen var övervakad och om identiteten kontrollerades.',
    'Say whether the assessment was supervised and the identity checked.',
  ],
  PARTICIPATION_MISSING: ['error', 'Ange deltagandeform.', 'State the form of participation.'],
  LANGUAGE_OF_INSTRUCTION_MISSING: [
    'warning',
    'Ange undervisningsspråk.',
    'State the language of instruction.',
  ],
  QA_MISSING: [
    'error',
    'Ange vilken kvalitetssäkring som ligger bakom.',
    'State what quality assurance backs it.',
  ],
  QA_EXPIRED: [
    'warning',
    'Kvalitetssäkringsbeslutet gällde inte längre när mikromeriten tilldelades.',
    'The quality-assurance decision had expired when this was awarded.',
  ],
  QA_LAPSED: [
    'warning',
    'Kvalitetssäkringsbeslutet gäller inte längre.',
    'The quality-assurance decision has expired.',
  ],
  VALIDITY_SHORT: [
    'warning',
    'Kompetensen måste förnyas mycket snart: är giltighetstiden rätt?',
    'The competence must be renewed very soon: is the validity right?',
  ],
  GRADE_SCHEME_MISSING: [
    'error',
    'Ett betyg behöver en betygsskala.',
    'A grade needs its grading scheme.',
  ],
  GRADE_NOT_IN_SCHEME: [
    'error',
    'Betyget finns inte i betygsskalan.',
    'The grade is not in the scale.',
  ],
  GRADE_NOT_PASSING: [
    'error',
    'Betyget är inte godkänt: det finns inget att tilldela.',
    'This is not a passing grade: nothing to award.',
  ],
  DATE_INVALID: [
    'error',
    'Detta är inte ett datum (ÅÅÅÅ-MM-DD).',
    'This is not a date (YYYY-MM-DD).',
  ],
  DATE_ORDER: ['error', 'Datumen kommer i fel ordning.', 'The dates are in the wrong order.'],
  DATE_FUTURE: ['error', 'Datumet ligger i framtiden.', 'The date is in the future.'],
  DATE_OLD: [
    'warning',
    'Tilldelad för över tio år sedan: stämmer datumet?',
    'Awarded more than ten years ago: is the date right?',
  ],
  BIRTHDATE_IMPLAUSIBLE: [
    'error',
    'Födelsedatumet är inte rimligt.',
    'The date of birth is not plausible.',
  ],
  NAME_MISSING: ['error', 'Individens namn saknas.', 'The learner’s name is missing.'],
  PERSONNUMMER_IN_TEXT: [
    'error',
    'Ett personnummer får inte lagras här.',
    'A personal identity number must not be stored here.',
  ],
  ORGNR_INVALID: [
    'error',
    'Detta är inte ett giltigt organisationsnummer.',
    'This is not a valid organisation number.',
  ],
  ORGNR_IS_PERSON: [
    'error',
    'Detta är en persons nummer; använd en annan identifierare för organisationen.',
    'This is a person’s number; use another identifier for the organisation.',
  ],
  COUNTRY_INVALID: ['error', 'Detta är inte en landskod.', 'This is not a country code.'],
  STACK_TARGET_MISSING: ['warning', 'Ange vad den kan ingå i.', 'Say what it can be part of.'],
  STACK_RULE_UNCLEAR: [
    'error',
    'Varje regel anger exakt ett krav; alternatives hör till achievement och min till any.',
    'Every rule states exactly one requirement; alternatives goes with achievement and min with any.',
  ],
  STACK_RULES_MANY: [
    'error',
    'Högst 60 krav kan anges: dela upp helheten i flera mikromeriter.',
    'At most 60 requirements can be stated: divide the whole into several micro-credentials.',
  ],
  STACK_CYCLE: [
    'error',
    'Reglerna för stapling bildar en cirkel.',
    'The stacking rules form a circle.',
  ],
  STACK_UNREACHABLE: [
    'warning',
    'Delarna kan inte nå det som krävs.',
    'The parts cannot reach what is required.',
  ],
  VALIDATION_STANDARD_MISSING: [
    'error',
    'Ange mot vilken standard kunnandet har bedömts.',
    'Say what standard the knowledge was measured against.',
  ],
  VALIDATION_STEPS_MISSING: [
    'error',
    'En validering behöver både fördjupad kartläggning och bedömning.',
    'A validation needs both in-depth mapping and assessment.',
  ],
  VALIDATION_OUTCOME_UNKNOWN: [
    'error',
    'Läranderesultatet ingår inte i definitionen.',
    'The outcome is not part of the definition.',
  ],
  VALIDATION_PARTIAL: [
    'warning',
    'Bara en del av läranderesultaten erkänns; det framgår av beviset.',
    'Only some of the learning outcomes are recognised; the credential will say so.',
  ],
  VALIDATION_NOTHING_ACHIEVED: [
    'error',
    'Inget läranderesultat är uppnått: det finns inget att tilldela.',
    'No learning outcome is achieved: nothing to award.',
  ],
} as const satisfies Readonly<Record<string, Rule>>

export type FindingCode = keyof typeof findingMessages

/** A finding with its messages; `path` leads to the value, member by member. */
export function finding(code: FindingCode, ...path: readonly (string | number)[]): Finding {
  const [severity, sv, en] = findingMessages[code]
  // RFC 6901 3: ~ and / are escaped.
  const pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
  return { code, severity, pointer: pointer.join(''), message: { sv, en } }
}
