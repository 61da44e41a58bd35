import {
  type AwardRecord,
  projectElmVc11,
  projectOpenBadge,
  type Signer,
  signVcJwt,
} from '@mikromerit/credentials'
import { elmoNamespace, signDocument } from '@mikromerit/exchange'
import { anAward } from './award-issuer.ts'

const issuedAt = new Date('2026-06-05T12:00:00Z')

/** An ELMO file with these courses, each passed. */
export const anElmoFile = (...titles: string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<elmo xmlns="${elmoNamespace}">
<generatedDate>2026-06-05T12:00:00Z</generatedDate>
<learner><givenNames>Alva</givenNames><familyName>Exempelsson</familyName></learner>
<report>
<issuer><country>SE</country><title xml:lang="sv">Gamla skolan</title></issuer>
${titles.map(aCourse).join('\n')}
<issueDate>2026-06-05T12:00:00Z</issueDate>
</report>
</elmo>`

const aCourse = (title: string) => `<learningOpportunitySpecification>
<title xml:lang="sv">${title}</title>
<specifies><learningOpportunityInstance>
<date>2026-05-29</date><status>passed</status>
<credit><scheme>ECTS</scheme><value>7.5</value></credit>
</learningOpportunityInstance></specifies>
</learningOpportunitySpecification>`

export const signElmo = (xml: string, signer: Signer): Promise<string> => signDocument(xml, signer)

/** A European Digital Credential as a file, sealed by nobody. */
export const anEdcFile = (record: AwardRecord = anAward({})): object =>
  projectElmVc11(record, { issuer: 'https://old.example/school', issuedAt }).credential

export const anOpenBadge = (record: AwardRecord = anAward({})): Record<string, unknown> =>
  projectOpenBadge(record, { issuer: 'https://old.example/school', validFrom: issuedAt }).credential

/** A badge signed by an issuer the wallet knows. */
export const aSignedBadge = (issuer: string, signer: Signer): Promise<string> =>
  signVcJwt({
    credential: projectOpenBadge(anAward({}), { issuer, validFrom: issuedAt }).credential,
    signer,
    issuedAt,
  })
