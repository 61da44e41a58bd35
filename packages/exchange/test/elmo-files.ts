import type { ElmoDocument } from '../src/elmo/elmo.ts'
import { elmoNamespace } from '../src/elmo/elmo.ts'
import { type ElmoOptions, readElmo } from '../src/elmo/read-elmo.ts'

export const now = new Date('2026-06-20T12:00:00Z')

/** Parts of an ELMO file, right in everything that is not told. Texts are XML. */
export interface ElmoParts {
  readonly learner?: string
  readonly issuer?: string
  readonly opportunities?: string
  readonly afterOpportunities?: string
  readonly attributes?: string
}

export const aLearner =
  '<givenNames>Åsa</givenNames><familyName>Öst</familyName><bday>1990-02-28</bday>'

export const anIssuer =
  '<country>SE</country><identifier type="schac">example.se</identifier><title xml:lang="sv">Exempeluniversitetet</title><url>https://www.example.se</url>'

export const anElmo = ({
  learner = aLearner,
  issuer = anIssuer,
  opportunities = anOpportunity(),
  afterOpportunities = '',
  attributes = '',
}: ElmoParts = {}): string => `<?xml version="1.0" encoding="UTF-8"?>
<elmo xmlns="${elmoNamespace}"${attributes}>
<generatedDate>2026-06-10T12:00:00+02:00</generatedDate>
<learner>${learner}</learner>
<report>
<issuer>${issuer}</issuer>
${opportunities}
${afterOpportunities}<issueDate>2026-06-10T12:00:00+02:00</issueDate>
</report>
</elmo>
`

export interface OpportunityParts {
  readonly code?: string
  readonly title?: string
  /** Between the titles and `specifies`. */
  readonly more?: string
  readonly instance?: string
  readonly parts?: readonly string[]
}

export const anOpportunity = ({
  code = 'EX123U',
  title = '<title xml:lang="sv">Algebra</title>',
  more = '',
  instance = '<date>2026-06-05</date><status>passed</status><credit><scheme>ects</scheme><value>3</value></credit>',
  parts = [],
}: OpportunityParts = {}): string => `<learningOpportunitySpecification>
<identifier type="local">${code}</identifier>${title}${more}
<specifies><learningOpportunityInstance>
${instance}
</learningOpportunityInstance></specifies>
${parts.map((part) => `<hasPart>${part}</hasPart>`).join('\n')}
</learningOpportunitySpecification>`

export const readText = (xml: string | Uint8Array, options: Partial<ElmoOptions> = {}) =>
  readElmo(Buffer.from(xml), { anchors: [], now, ...options })

export function readDocument(xml: string, options: Partial<ElmoOptions> = {}): ElmoDocument {
  const read = readText(xml, options)
  if (!read.ok) throw new Error(read.code)
  return read.value
}
