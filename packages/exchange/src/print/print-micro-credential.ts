import type { CodedValue, MicroCredential } from '@mikromerit/credentials'
import { labels, nameWord } from './labels.ts'
import {
  type PrintedCredential,
  type PrintedElement,
  type PrintedTexts,
  printElement,
  printPlain,
  printTexts,
} from './printed-credential.ts'
import { printHours, printLanguages } from './values.ts'

/** What a credential that somebody holds says on paper: what it shows, in its own language. */
export function printMicroCredential(held: MicroCredential): PrintedCredential {
  const { givenName, familyName } = held.learner ?? {}
  return {
    title: printPlain(held.title),
    issuer: printPlain(held.issuer.name ?? held.issuer.identifier),
    learner: [givenName, familyName].filter(Boolean).join(' '),
    ...(held.awardedOn !== undefined && { awardedOn: held.awardedOn }),
    ...(held.validUntil !== undefined && { validUntil: held.validUntil }),
    notices: [labels.ownCopy],
    elements: printElements(held),
    outcomes: (held.learningOutcomes ?? []).map(printPlain),
    details: [...printValidation(held), ...printDetails(held)],
    ...(held.awardId !== undefined && { reference: held.awardId }),
  }
}

const printCoded = ({ label, text, uri }: CodedValue): PrintedTexts =>
  label ? printTexts(label) : printPlain(text ?? uri)

function printElements(held: MicroCredential): PrintedElement[] {
  const { assessment, participation, levels = [], qualityAssurance = [], result } = held
  return [
    ...printElement(labels.birthDate, printPlain(held.learner?.birthDate)),
    ...printElement(
      labels.awardingBody,
      ...(held.awardingBodies ?? []).map(({ name }) => printPlain(name)),
    ),
    ...printElement(labels.country, printPlain(held.issuer.country)),
    ...printElement(labels.workload, printWorkload(held.workload)),
    ...printElement(
      labels.level,
      ...levels.map(({ framework, level }) => printPlain(`${framework} ${level}`)),
    ),
    ...printElement(
      labels.grade,
      printPlain(result?.scheme ? `${result.grade} (${result.scheme})` : result?.grade),
    ),
    ...printElement(labels.assessment, ...(assessment?.types ?? []).map(printCoded)),
    ...printElement(
      labels.supervision,
      assessment?.supervision && printCoded(assessment.supervision),
    ),
    ...printElement(labels.participation, ...(participation?.modes ?? []).map(printCoded)),
    ...printElement(labels.languages, printLanguages(participation?.languages ?? [])),
    ...printElement(labels.setting, held.setting && printCoded(held.setting)),
    ...printElement(labels.proficiency, held.proficiency && printCoded(held.proficiency)),
    ...printElement(labels.qualityAssurance, ...qualityAssurance.map(printCoded)),
    ...printElement(labels.assuranceLevel, held.assuranceLevel && printCoded(held.assuranceLevel)),
  ]
}

function printWorkload(workload: MicroCredential['workload']): PrintedTexts {
  if (workload?.text !== undefined) return printPlain(workload.text)
  const credits = (workload?.credits ?? []).map(({ framework, value }) => {
    const name = framework.text ?? framework.uri ?? ''
    return { value, label: framework.label ?? { sv: name, en: name } }
  })
  return printHours(workload?.hours, credits)
}

function printValidation({ validation }: MicroCredential): PrintedElement[] {
  if (!validation) return []
  const { purpose, standard, methods = [], assessedBy = [] } = validation
  return [
    ...printElement(labels.validation, purpose ? printTexts(nameWord(purpose)) : []),
    ...printElement(labels.validationStandard, printPlain(standard)),
    ...printElement(
      labels.validationMethods,
      ...methods.map((method) => printTexts(nameWord(method))),
    ),
    ...printElement(labels.validationBy, ...assessedBy.map(printPlain)),
  ]
}

const printDetails = (held: MicroCredential): PrintedElement[] => [
  ...printElement(labels.description, printPlain(held.description)),
  ...printElement(labels.prerequisites, ...(held.prerequisites ?? []).map(printPlain)),
  ...printElement(
    labels.stacking,
    ...(held.stacking?.towards ?? []).map(({ title }) => printPlain(title)),
  ),
  ...printElement(
    labels.components,
    ...(held.components ?? []).map(({ title }) => printPlain(title)),
  ),
  ...printElement(labels.fields, ...(held.fields ?? []).map(printCoded)),
  ...printElement(labels.skills, ...(held.skills ?? []).map(printCoded)),
  ...printElement(labels.furtherInformation, printPlain(held.furtherInformation)),
  ...printElement(labels.definition, printPlain(held.achievementId)),
]
