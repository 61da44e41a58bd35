import { present } from '../present.ts'
import { readFieldOfEducation } from '../tabular/read-values.ts'
import { children, firstChild, pathOf, tokenOf, type XmlElement } from '../xml/element.ts'
import {
  type ElmoGradingScheme,
  type ElmoOpportunity,
  type ElmoStatus,
  elmoStatuses,
} from './elmo.ts'
import { readExtension } from './extension/read-extension.ts'
import { readCredits, readLevels } from './read-credits.ts'
import {
  readDate,
  readDecimal,
  readIdentifiers,
  readParagraphs,
  readTitles,
  readToken,
} from './read-values.ts'
import type { Report } from './report.ts'

/** What reading one report needs: where to say what is wrong, and the grading scales it describes. */
export interface ReportReading {
  readonly report: Report
  readonly gradingSchemes: ReadonlyMap<string, ElmoGradingScheme>
}

/** A learning opportunity with its one instance, and its parts below it. */
export function readOpportunity(element: XmlElement, reading: ReportReading): ElmoOpportunity {
  const { report } = reading
  const instance = firstChild(firstChild(element, 'specifies'), 'learningOpportunityInstance')
  if (!instance) report('ELMO_ELEMENT_MISSING', element)
  const title = readTitles(element, 'title')
  if (Object.keys(title).length === 0) report('TITLE_MISSING', element)
  return {
    identifiers: readIdentifiers(element),
    title,
    ...present({
      type: readToken(element, 'type'),
      fieldOfEducation: readField(element, report),
      url: readToken(element, 'url'),
      description: readParagraphs(element, 'description'),
    }),
    ...(instance ? readInstance(instance, reading) : emptyInstance),
    parts: children(element, 'hasPart').flatMap((part) =>
      children(part, 'learningOpportunitySpecification').map((inner) =>
        readOpportunity(inner, reading),
      ),
    ),
    line: element.line,
    path: pathOf(element),
  }
}

function readField(element: XmlElement, report: Report): string | undefined {
  const written = firstChild(element, 'iscedCode')
  const text = tokenOf(written)
  if (!written || text === undefined) return undefined
  const field = readFieldOfEducation(text)
  if (!field) report('ISCED_FORMAT', written)
  if (field?.isZeroLost) report('ISCED_ZERO_LOST', written)
  return field?.code
}

const emptyInstance = {
  instanceIdentifiers: [],
  status: 'passed',
  credits: [],
  levels: [],
  attachments: [],
} as const

function readInstance(instance: XmlElement, { report, gradingSchemes }: ReportReading) {
  const start = readDate(instance, 'start', report)
  const end = readDate(instance, 'date', report)
  const lastElement = firstChild(instance, 'date')
  if (start !== undefined && end !== undefined && end < start && lastElement)
    report('DATE_ORDER', lastElement)
  return {
    instanceIdentifiers: readIdentifiers(instance),
    status: readStatus(instance, report),
    credits: readCredits(instance, report),
    levels: readLevels(instance, report),
    attachments: children(firstChild(instance, 'attachments'), 'ref').flatMap(
      (ref) => tokenOf(ref) ?? [],
    ),
    ...present({
      start,
      end,
      grade: readToken(instance, 'resultLabel'),
      gradingScheme: readGradingScheme(instance, { report, gradingSchemes }),
      languageOfInstruction: readLanguage(instance),
      engagementHours: readDecimal(firstChild(instance, 'engagementHours')),
      microCredential: readExtension(firstChild(instance, 'extension'), report),
    }),
  }
}

/** ELMO: without a status it is passed. One that nobody knows is not. */
function readStatus(instance: XmlElement, report: Report): ElmoStatus {
  const element = firstChild(instance, 'status')
  const text = tokenOf(element)
  if (!element || text === undefined) return 'passed'
  const status = elmoStatuses.find((known) => known === text)
  if (!status) report('STATUS_UNKNOWN', element)
  return status ?? 'in-progress'
}

function readGradingScheme(instance: XmlElement, { report, gradingSchemes }: ReportReading) {
  const element = firstChild(instance, 'gradingSchemeLocalId')
  const localId = tokenOf(element)
  if (!element || localId === undefined) return undefined
  const scheme = gradingSchemes.get(localId)
  if (!scheme) report('ELMO_GRADING_SCHEME_UNKNOWN', element)
  return scheme ?? { localId }
}

const readLanguage = (instance: XmlElement): string | undefined => {
  const tag = readToken(instance, 'languageOfInstruction')
  return tag !== undefined && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$/.test(tag)
    ? tag
    : undefined
}
