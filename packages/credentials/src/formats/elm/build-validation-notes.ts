import type { CodeList } from '../../code-lists/code-list.ts'
import { chooseText, type LanguageMap, type LocalisedText } from '../../domain/text.ts'
import type { Validation } from '../../domain/validation.ts'
import { omitAbsent } from '../omit-absent.ts'
import type { ElmRecord } from './elm-record.ts'
import { describePart, words } from './messages.ts'
import {
  buildConcept,
  buildNote,
  buildScheme,
  chooseLabel,
  type ElmNode,
  labelText,
  mapTexts,
} from './nodes.ts'
import {
  ownConcept,
  recognitionConcepts,
  validationMethodConcepts,
  validationPurposeConcepts,
  validationStandardScheme,
  validationStepConcepts,
} from './own-concepts.ts'

/**
 * How learning was recognised without a course, and whether in part: notes on the achievement, so that whoever sees
 * it sees that it was validated (domain.md section 5).
 */
export function buildRecognitionNotes(record: ElmRecord): ElmNode[] {
  const { validation } = record.award
  return [
    ...(validation ? buildValidationNotes(record, validation) : []),
    ...(record.isPartial ? [buildPartialNote(record)] : []),
  ]
}

function buildValidationNotes(record: ElmRecord, validation: Validation): ElmNode[] {
  const { purpose, methods, steps, standard } = validation
  return [
    buildCoded(record, validationPurposeConcepts, purpose, words.validation),
    ...(standard ? [buildStandardNote(record, standard)] : []),
    ...methods.map((method) =>
      buildCoded(record, validationMethodConcepts, method, words.validationMethod),
    ),
    ...steps.map((step, at) => buildStepNote(record, step, at)),
    ...buildWords(record, validation),
  ]
}

/** What is recorded of it in words. */
function buildWords(record: ElmRecord, validation: Validation): ElmNode[] {
  const { assessors = [], model, complementNeeded } = validation
  const texts: [code: string, text: LanguageMap | undefined][] = [
    ...assessors.map(({ role }): [string, LanguageMap] => ['assessor_role', role]),
    ['validation_model', model?.name],
    ['complement_needed', complementNeeded],
  ]
  return texts.flatMap(([code, text], at) => {
    const concept = ownConcept(recognitionConcepts, code)
    const subject = buildConcept(concept, recognitionConcepts.scheme)
    const id = record.idOf(`validation/words/${at}`)
    return text ? [buildNote(id, labelText(capitalise(concept.labels), text), subject)] : []
  })
}

function buildCoded({ idOf }: ElmRecord, list: CodeList, code: string, label: LocalisedText) {
  const concept = ownConcept(list, code)
  const text = labelText(label, concept.labels)
  return buildNote(idOf(concept.uri), text, buildConcept(concept, list.scheme))
}

function buildStepNote(
  { idOf }: ElmRecord,
  { kind, doneOn, by }: Validation['steps'][number],
  at: number,
): ElmNode {
  const { scheme } = validationStepConcepts
  const concept = ownConcept(validationStepConcepts, kind)
  const when = doneOn === undefined ? '' : `, ${doneOn}`
  const describe = (locale: 'sv' | 'en') =>
    concept.labels[locale] + when + (by ? `, ${chooseText(by, locale).text}` : '')
  const text = labelText(words.validationStep, { sv: describe('sv'), en: describe('en') })
  return buildNote(idOf(`validation/step/${at}`), text, buildConcept(concept, scheme))
}

/** The standard as a concept: its name and version, and its address, which is no id of ours to describe. */
function buildStandardNote(
  { idOf, locale }: ElmRecord,
  { title, uri, version, ownedBy, framework }: NonNullable<Validation['standard']>,
): ElmNode {
  const prefLabel = mapTexts(title, (name) => (version ? `${name} (${version})` : name))
  const subject = omitAbsent({
    id: idOf('validation/standard'),
    type: 'Concept',
    inScheme: buildScheme(validationStandardScheme),
    prefLabel,
    notation: uri,
  })
  const details = [
    ...(ownedBy ? [chooseText(ownedBy, locale).text] : []),
    ...(framework === undefined ? [] : [`SeQF ${framework}`]),
  ]
  const text = mapTexts(prefLabel, (name) => [name, ...details].join(', '))
  return buildNote(
    idOf('validation/standard/note'),
    labelText(words.validationStandard, text),
    subject,
  )
}

function buildPartialNote({ idOf, outcomes, achievement }: ElmRecord): ElmNode {
  const concept = ownConcept(recognitionConcepts, 'partial')
  const part = describePart(outcomes.length, achievement.learningOutcomes.length)
  const text = mapTexts(achievement.title, (title, tag) => `${title}, ${chooseLabel(part, tag)}`)
  return buildNote(idOf('partial'), text, buildConcept(concept, recognitionConcepts.scheme))
}

const capitalise = ({ sv, en }: LocalisedText): LocalisedText => ({
  sv: sv.charAt(0).toUpperCase() + sv.slice(1),
  en: en.charAt(0).toUpperCase() + en.slice(1),
})
