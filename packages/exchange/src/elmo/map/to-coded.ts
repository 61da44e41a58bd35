import {
  type CodedValue,
  type CodeList,
  findConcept,
  findFieldOfEducation,
  type LearningSetting,
  learningSettingConcepts,
} from '@mikromerit/credentials'

/** A value of a code list, with its label when it is known here. */
export const toCoded =
  (list: CodeList) =>
  (value: string): CodedValue => {
    const concept = findConcept(list, value)
    return concept ? { uri: concept.uri, label: concept.labels } : toUncoded(value)
  }

export function toField(value: string): CodedValue {
  const field = findFieldOfEducation(value)
  return field ? { uri: field.uri, label: field.labels } : toUncoded(value)
}

export const toUncoded = (value: string): CodedValue =>
  /^(?:https?:\/\/|urn:)/.test(value) ? { uri: value } : { text: value }

/** The EU list has no concept for informal learning. */
export const toSetting = (setting: LearningSetting): CodedValue =>
  setting === 'informal'
    ? { label: { sv: 'informellt lärande', en: 'informal learning' } }
    : toCoded(learningSettingConcepts)(setting)
