import type { CodeList, Concept } from '../../code-lists/code-list.ts'
import type { LocalisedText } from '../../domain/text.ts'

type Row = readonly [code: string, sv: string, en: string]

const ownList = (kind: string, name: LocalisedText, rows: readonly Row[]): CodeList => {
  const scheme = `urn:mikromerit:${kind}`
  return {
    name,
    scheme,
    isClosed: true,
    concepts: rows.map(([code, sv, en]) => ({
      code,
      uri: `${scheme}:${code.replaceAll('_', '-')}`,
      labels: { sv, en },
    })),
  }
}

/**
 * What the European Learning Model has no member for is said in a note, in words. The note's subject is one of
 * these concepts, so that our reader, or anybody's, need not understand the words.
 */
export const validationPurposeConcepts = ownList(
  'validation-purpose',
  { sv: 'valideringens syfte', en: 'purpose of the validation' },
  [
    ['qualification', 'en kvalifikation', 'a qualification'],
    ['part_of_qualification', 'del av en kvalifikation', 'part of a qualification'],
    ['eligibility', 'behörighet till en utbildning', 'eligibility for an education'],
    ['competence', 'kartläggning och erkännande av kompetens', 'recognition of competence'],
  ],
)

export const validationMethodConcepts = ownList(
  'validation-method',
  { sv: 'valideringsmetod', en: 'method of validation' },
  [
    ['portfolio', 'portfolio', 'portfolio'],
    ['interview', 'intervju', 'interview'],
    ['practical_test', 'praktiskt prov', 'practical test'],
    ['written_test', 'skriftligt prov', 'written test'],
    ['oral_test', 'muntligt prov', 'oral test'],
    ['workplace_observation', 'observation på arbetsplats', 'observation at the workplace'],
    ['simulation', 'simulering', 'simulation'],
    ['certificate_review', 'granskning av intyg', 'review of certificates'],
  ],
)

export const validationStepConcepts = ownList(
  'validation-step',
  { sv: 'steg i valideringen', en: 'step of the validation' },
  [
    ['orientation', 'inledande orientering', 'orientation'],
    ['mapping', 'kartläggning', 'mapping'],
    ['in_depth_mapping', 'fördjupad kartläggning', 'in-depth mapping'],
    ['assessment', 'bedömning', 'assessment'],
    ['recognition', 'erkännande', 'recognition'],
  ],
)

/** What a note about the recognition of prior learning says. */
export const recognitionConcepts = ownList(
  'recognition',
  { sv: 'erkännande av tidigare lärande', en: 'recognition of prior learning' },
  [
    ['partial', 'delvis erkänt', 'recognised in part'],
    ['assessor_role', 'bedömare', 'assessor'],
    ['validation_model', 'valideringsmodell', 'validation model'],
    ['complement_needed', 'återstår', 'still missing'],
    ['years_of_practice', 'år av erfarenhet', 'years of experience'],
  ],
)

export const stackingConcepts = ownList(
  'stacking',
  { sv: 'byggbarhet', en: 'integration and stackability' },
  [
    ['stand_alone', 'fristående', 'stand-alone'],
    ['integrated', 'ingår i något större', 'integrated in something larger'],
    ['stackable', 'kan ingå i något större', 'stackable towards something larger'],
  ],
)

export const escoSkills = 'http://data.europa.eu/esco/skill/'

/** Schemes of notes whose subject is not of a list: a skill, something one can stack towards, a standard. */
export const skillScheme = 'urn:mikromerit:skill'
export const stackingTargetScheme = 'urn:mikromerit:stacking-target'
export const definitionCreatorScheme = 'urn:mikromerit:definition-creator'
export const validationStandardScheme = 'urn:mikromerit:validation-standard'

/** The EU's list of settings has no concept for informal learning. */
export const informalSetting = ownList(
  'learning-setting',
  { sv: 'lärandeform', en: 'learning setting' },
  [['informal', 'informellt lärande', 'informal learning']],
)

/** Every assessment must have a grade: the first two say that it has none of its own. */
export const gradeConcepts = ownList('grade', { sv: 'betyg', en: 'grade' }, [
  ['ungraded', 'Godkänd', 'Pass'],
  ['included', 'Ingår i det samlade resultatet', 'Included in the overall result'],
  ['in_words', 'betyget i ord', 'the grade in words'],
])

/** A concept of one of these lists, which the caller knows to be there. */
export function ownConcept(list: CodeList, code: string): Concept {
  const concept = list.concepts.find((candidate) => candidate.code === code)
  if (!concept) throw new RangeError(`${list.scheme} has no ${code}`)
  return concept
}
