import { isCountryCode } from '@mikromerit/credentials'
import { attributeOf, children, firstChild, tokenOf, type XmlElement } from '../xml/element.ts'
import type {
  ElmoAttachment,
  ElmoGradingScheme,
  ElmoIssuer,
  ElmoRecognition,
  ElmoReport,
} from './elmo.ts'
import { findDoubleCredits } from './read-credits.ts'
import { type ReportReading, readOpportunity } from './read-opportunity.ts'
import {
  readDate,
  readIdentifiers,
  readMoment,
  readParagraphs,
  readTitles,
  readToken,
} from './read-values.ts'
import type { Report } from './report.ts'

/** What one institution says about the learner. */
export function readReport(element: XmlElement, report: Report): ElmoReport {
  const reading = { report, gradingSchemes: readGradingSchemes(element) }
  const issuedAt = readMoment(element, 'issueDate', report)
  const specifications = children(element, 'learningOpportunitySpecification')
  const opportunities = specifications.map((each) => readOpportunity(each, reading))
  for (const doubled of findDoubleCredits(opportunities)) report('DOUBLE_CREDIT', doubled)
  return {
    issuer: readIssuer(element, report),
    ...(issuedAt !== undefined && { issuedAt }),
    opportunities,
    recognitions: children(element, 'resultOfRecognition').map((each) =>
      readRecognition(each, reading),
    ),
    attachments: readAttachments(element),
  }
}

function readIssuer(element: XmlElement, report: Report): ElmoIssuer {
  const issuer = firstChild(element, 'issuer')
  if (!issuer) {
    report('ELMO_ELEMENT_MISSING', element)
    return { title: {}, identifiers: [] }
  }
  const country = readToken(issuer, 'country')
  const countryElement = firstChild(issuer, 'country')
  const isCountry = country !== undefined && isCountryCode(country)
  if (countryElement && country !== undefined && !isCountry)
    report('COUNTRY_INVALID', countryElement)
  const url = readToken(issuer, 'url')
  return {
    title: readTitles(issuer, 'title'),
    identifiers: readIdentifiers(issuer),
    ...(isCountry && { country }),
    ...(url !== undefined && { url }),
  }
}

const readGradingSchemes = (element: XmlElement): Map<string, ElmoGradingScheme> =>
  new Map(
    children(element, 'gradingScheme').flatMap((scheme) => {
      const localId = attributeOf(scheme, 'localId')?.trim()
      const description = readParagraphs(scheme, 'description')
      return localId ? [[localId, { localId, ...(description && { description }) }] as const] : []
    }),
  )

/** ELMO 2: what a decision recognised, as learning opportunities. */
function readRecognition(element: XmlElement, reading: ReportReading): ElmoRecognition {
  const description = readParagraphs(element, 'description')
  const status = readToken(element, 'status')
  const decidedOn = readDate(element, 'decisionDate', reading.report)
  return {
    title: readTitles(element, 'title'),
    ...(description && { description }),
    ...(status !== undefined && { status }),
    ...(decidedOn !== undefined && { decidedOn }),
    results: children(element, 'recognitionResult').flatMap((result) =>
      children(result, 'learningOpportunitySpecification').map((each) =>
        readOpportunity(each, reading),
      ),
    ),
  }
}

/** Files attached to a report or to the whole: their kinds and sizes. */
export const readAttachments = (element: XmlElement): ElmoAttachment[] =>
  children(element, 'attachment').map((attachment) => {
    const type = readToken(attachment, 'type')
    return {
      identifiers: readIdentifiers(attachment).map(({ value }) => value),
      title: readTitles(attachment, 'title'),
      ...(type !== undefined && { type }),
      contents: children(attachment, 'content').map((content) =>
        measureContent(tokenOf(content) ?? ''),
      ),
    }
  })

/** RFC 2397: `data:application/pdf;base64,…`. */
function measureContent(uri: string): ElmoAttachment['contents'][number] {
  const comma = uri.indexOf(',')
  const head = /^data:([a-z]+\/[A-Za-z0-9.+-]{1,100})?((?:;[^;,]{1,200})*)$/.exec(
    uri.slice(0, Math.max(0, comma)),
  )
  const body = uri.slice(comma + 1)
  const isBase64 = head?.[2]?.endsWith(';base64') ?? false
  const padding = /={0,2}$/.exec(body)?.[0].length ?? 0
  const bytes = isBase64 ? Math.max(0, Math.floor((body.length * 3) / 4) - padding) : body.length
  return { mediaType: head?.[1] ?? 'application/octet-stream', bytes }
}
