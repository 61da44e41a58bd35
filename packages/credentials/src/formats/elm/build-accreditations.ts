import { findConcept } from '../../code-lists/code-list.ts'
import {
  broadFieldsOfEducation,
  findFieldOfEducation,
} from '../../code-lists/fields-of-education.ts'
import { eqfLevels } from '../../code-lists/levels.ts'
import { qualityAssuranceTypes } from '../../code-lists/quality-assurance.ts'
import type { QualityAssurance } from '../../domain/organisation.ts'
import { chooseText, type LanguageMap } from '../../domain/text.ts'
import { omitAbsent } from '../omit-absent.ts'
import { buildAgent } from './build-agents.ts'
import type { ElmRecord } from './elm-record.ts'
import { words } from './messages.ts'
import {
  buildNote,
  buildScheme,
  buildWebResource,
  type ElmNode,
  endOfDay,
  findConceptNode,
  findConceptNodes,
  labelText,
  mapTexts,
  orNone,
  startOfDay,
} from './nodes.ts'

interface Assured {
  readonly accreditation?: ElmNode[] | undefined
  readonly additionalNote?: ElmNode[] | undefined
}

/** Quality assurance of the definition (element 11). */
export const buildAccreditations = (record: ElmRecord): Assured =>
  buildAssured(record, 'achievement', record.achievement.qualityAssurance)

export const buildOrganisationAccreditations = (record: ElmRecord): Assured =>
  buildAssured(record, 'organisation', record.organisation.accreditations ?? [])

/** Every accreditation that can stand by itself, as evidence of the accredited profile (domain.md 3.1). */
export const buildEvidenceAccreditations = (record: ElmRecord): ElmNode[] => [
  ...(buildAccreditations(record).accreditation ?? []),
  ...(buildOrganisationAccreditations(record).accreditation ?? []),
]

/** An Accreditation must name an organisation with an address: one that cannot is told in a note. */
export const isCompleteAccreditation = ({ agent }: QualityAssurance): boolean =>
  agent?.country !== undefined

function buildAssured(
  record: ElmRecord,
  owner: string,
  assurances: readonly QualityAssurance[],
): Assured {
  const numbered = assurances.map((assurance, at) => ({
    assurance,
    name: `${owner}/accreditation/${at}`,
  }))
  const isComplete = ({ assurance }: { assurance: QualityAssurance }) =>
    isCompleteAccreditation(assurance)
  return {
    accreditation: orNone(
      numbered
        .filter(isComplete)
        .map(({ assurance, name }) => buildAccreditation(record, assurance, name)),
    ),
    additionalNote: orNone(
      numbered
        .filter((one) => !isComplete(one))
        .map(({ assurance, name }) => buildAssuranceNote(record, assurance, name)),
    ),
  }
}

function buildAccreditation(
  { idOf }: ElmRecord,
  { type, title, agent, decidedOn, expiresOn, reference, limits }: QualityAssurance,
  name: string,
): ElmNode {
  return omitAbsent({
    id: idOf(name),
    type: 'Accreditation',
    title: title ?? describeType(type),
    dcType: findConceptNode(qualityAssuranceTypes, type),
    accreditingAgent: agent && buildAgent(agent, idOf),
    dateIssued: decidedOn && startOfDay(decidedOn),
    expiryDate: expiresOn && endOfDay(expiresOn),
    landingPage: reference && [buildWebResource(idOf(`${name}/page`), reference)],
    limitEQFLevel: findConceptNodes(eqfLevels, limits?.levels?.map(String)),
    limitField: limits?.fields && orNone(limits.fields.flatMap((field) => buildField(field) ?? [])),
  })
}

function buildAssuranceNote(
  { idOf, locale }: ElmRecord,
  { type, title, agent }: QualityAssurance,
  name: string,
): ElmNode {
  const by = agent ? ` (${chooseText(agent.legalName, locale).text})` : ''
  const text = mapTexts(title ?? describeType(type), (name) => name + by)
  return buildNote(
    idOf(name),
    labelText(words.qualityAssurance, text),
    findConceptNode(qualityAssuranceTypes, type),
  )
}

const describeType = (type: string): LanguageMap =>
  findConcept(qualityAssuranceTypes, type)?.labels ?? { en: type }

/** A field of education. Only broad fields have names of ours: narrower ones are named by their code. */
export function buildField(uriOrCode: string): ElmNode | undefined {
  const field = findFieldOfEducation(uriOrCode)
  if (!field) return undefined
  const name = `ISCED-F ${field.code}`
  return {
    id: field.uri,
    type: 'Concept',
    inScheme: buildScheme(broadFieldsOfEducation.scheme),
    notation: field.code,
    prefLabel: field.code.length === 2 ? field.labels : { sv: name, en: name },
  }
}
