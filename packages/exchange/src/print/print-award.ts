import {
  type AwardRecord,
  assessmentTypes,
  type CodeList,
  creditFrameworks,
  describeTitle,
  findConcept,
  findFieldOfEducation,
  findRecognisedOutcomes,
  learningModes,
  proficiencyConcepts,
  qualityAssuranceTypes,
  supervisionTypes,
} from '@mikromerit/credentials'
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

/** What an award says on paper: every element of the European standard, in Swedish and English. */
export function printAward(record: AwardRecord, definitionUrl: string): PrintedCredential {
  const { organisation, award } = record
  const { givenName, familyName } = award.learner
  return {
    title: printTexts(titleOf(record)),
    issuer: printTexts(organisation.legalName),
    learner: [givenName, familyName].filter(Boolean).join(' '),
    awardedOn: award.awardedOn,
    ...(award.validUntil !== undefined && { validUntil: award.validUntil }),
    notices: [],
    elements: printElements(record),
    outcomes: findRecognisedOutcomes(record).map(({ title }) => printTexts(title)),
    details: [...printValidation(record), ...printDetails(record, definitionUrl)],
    reference: `urn:uuid:${award.id}`,
  }
}

/** A partial recognition says so in both languages; a whole one has the title as it was written. */
function titleOf(record: AwardRecord) {
  const { title, learningOutcomes } = record.achievement
  const isWhole = findRecognisedOutcomes(record).length === learningOutcomes.length
  return isWhole
    ? title
    : {
        sv: describeTitle(record, () => titleIn(record, 'sv'), 'sv'),
        en: describeTitle(record, () => titleIn(record, 'en'), 'en'),
      }
}

const titleIn = ({ achievement: { title } }: AwardRecord, language: 'sv' | 'en') =>
  title[language] ?? Object.values(title)[0] ?? ''

const named = (list: CodeList) => (code: string) => {
  const concept = findConcept(list, code)
  return concept ? printTexts(concept.labels) : printPlain(code)
}

function printElements({ organisation, achievement, award }: AwardRecord): PrintedElement[] {
  const { levels = [], cycle, assessment, participation, qualityAssurance } = achievement
  const carriedOut = award.assessments ?? []
  const types = carriedOut.length > 0 ? carriedOut.flatMap((one) => one.types) : assessment.types
  const supervision = carriedOut.find((one) => one.supervision)?.supervision
  const bodies = award.awardingBodies ?? [organisation]
  return [
    ...printElement(labels.birthDate, printPlain(award.learner.birthDate)),
    ...printElement(labels.awardingBody, ...bodies.map(({ legalName }) => printTexts(legalName))),
    ...printElement(labels.country, printPlain(organisation.country)),
    ...printElement(labels.workload, printWorkload(achievement.workload)),
    ...printElement(
      labels.level,
      ...levels.map(({ framework, level }) => printPlain(`${framework} ${level}`)),
    ),
    ...printElement(labels.cycle, cycle && printTexts(nameWord(cycle))),
    ...printElement(labels.grade, printGrade(award.result)),
    ...printElement(labels.assessment, ...[...new Set(types)].map(named(assessmentTypes))),
    ...printElement(
      labels.supervision,
      ...[supervision ?? assessment.supervision ?? []].flat().map(named(supervisionTypes)),
    ),
    ...printElement(labels.participation, ...participation.modes.map(named(learningModes))),
    ...printElement(labels.languages, printLanguages(participation.languages)),
    ...printElement(labels.setting, printTexts(nameWord(achievement.setting))),
    ...printElement(
      labels.proficiency,
      ...[award.proficiency ?? []].flat().map(named(proficiencyConcepts)),
    ),
    ...printElement(labels.qualityAssurance, ...qualityAssurance.map(printAssurance)),
  ]
}

function printWorkload(workload: AwardRecord['achievement']['workload']): PrintedTexts {
  const credits = (workload?.credits ?? []).map(({ framework, value }) => ({
    value,
    label: findConcept(creditFrameworks, framework)?.labels ?? { sv: framework, en: framework },
  }))
  return printHours(workload?.hours, credits)
}

function printGrade(result: AwardRecord['award']['result']): PrintedTexts {
  if (!result) return []
  const [scheme] = printTexts(result.scheme?.title)
  return printPlain(scheme ? `${result.grade} (${scheme.text})` : result.grade)
}

function printAssurance({
  type,
  title,
  agent,
}: AwardRecord['achievement']['qualityAssurance'][number]): PrintedTexts {
  const [body] = printTexts(agent?.legalName)
  const what = title ? printTexts(title) : named(qualityAssuranceTypes)(type)
  return what.map((line) => (body ? { ...line, text: `${line.text} (${body.text})` } : line))
}

function printValidation({ organisation, award: { validation } }: AwardRecord): PrintedElement[] {
  if (!validation) return []
  const { purpose, methods, standard, assessors = [] } = validation
  const bodies = assessors.map((assessor) => (assessor.organisation ?? organisation).legalName)
  const by = [...new Map(bodies.map((name) => [JSON.stringify(name), name])).values()]
  return [
    ...printElement(labels.validation, printTexts(nameWord(purpose))),
    ...printElement(
      labels.validationStandard,
      standard &&
        printTexts(standard.title).map((line) => ({
          ...line,
          text: [line.text, standard.version].filter(Boolean).join(', '),
        })),
    ),
    ...printElement(
      labels.validationMethods,
      ...methods.map((method) => printTexts(nameWord(method))),
    ),
    ...printElement(labels.validationBy, ...by.map((name) => printTexts(name))),
  ]
}

function printDetails(record: AwardRecord, definitionUrl: string): PrintedElement[] {
  const { achievement, award, creator } = record
  const skills = [achievement, ...findRecognisedOutcomes(record)].flatMap(
    (holder) => holder.skills ?? [],
  )
  const { fields = [], stacking } = achievement
  return [
    ...printElement(labels.description, printTexts(achievement.description)),
    ...printElement(labels.prerequisites, printTexts(achievement.prerequisites)),
    ...printElement(
      labels.stacking,
      ...(stacking?.towards ?? []).map(({ title }) => printTexts(title)),
    ),
    ...printElement(
      labels.components,
      ...(award.components ?? []).map(({ title }) => printTexts(title)),
    ),
    ...printElement(
      labels.fields,
      ...fields.map((field) => {
        const found = findFieldOfEducation(field)
        return found ? printTexts(found.labels) : printPlain(field)
      }),
    ),
    ...printElement(
      labels.skills,
      ...skills.map(({ uri, label }) => (label ? printTexts(label) : printPlain(uri))),
    ),
    ...printElement(labels.creator, printTexts(creator?.organisation.legalName)),
    ...printElement(labels.furtherInformation, printTexts(achievement.furtherInformation)),
    ...printElement(labels.definition, printPlain(definitionUrl)),
  ]
}
