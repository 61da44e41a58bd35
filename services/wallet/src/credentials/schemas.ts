import { MicroCredential } from '@mikromerit/credentials'
import { pageOf } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import { LabelledClaim } from '../claims/claim-labels.ts'
import { issuerTrusts } from '../issuers/issuer-keys.ts'
import { CredentialStatus } from '../statuses/describe-status.ts'
import { credentialFormats } from './formats.ts'

const CredentialIssuer = Type.Object({
  identifier: Type.String({ description: 'Credential Issuer Identifier it was received from' }),
  host: Type.String(),
  name: Type.String({ description: "The issuer's own name for itself, from its metadata" }),
  iss: Type.Optional(
    Type.String({
      description:
        'The issuer the credential names, when it is not the identifier; its certificate names both',
    }),
  ),
})

const AwardOfCredential = Type.Object(
  {
    id: Type.Optional(Type.String({ description: "The issuer's own name for the award" })),
    credentials: Type.Array(
      Type.Object({ id: Type.String({ format: 'uuid' }), format: Type.Enum(credentialFormats) }),
    ),
  },
  {
    description: 'The award it is of, and all you have here of the same award, this one among them',
  },
)

const summaryMembers = {
  id: Type.String({ format: 'uuid' }),
  format: Type.Enum(credentialFormats),
  vct: Type.Optional(Type.String({ description: 'Type of an SD-JWT VC' })),
  types: Type.Optional(Type.Array(Type.String(), { description: 'Types of a W3C credential' })),
  title: Type.String(),
  issuer: CredentialIssuer,
  issuerTrust: Type.Enum(issuerTrusts, {
    description:
      "certificate: the issuer's key is certified under a trust anchor. metadata: the issuer publishes it at its own address. undetermined: only the credential itself says so",
  }),
  receivedAt: Type.String({ format: 'date-time' }),
  expiresAt: Type.Optional(
    Type.String({ format: 'date-time', description: 'When the credential expires, if it does' }),
  ),
  status: CredentialStatus,
  award: AwardOfCredential,
  microCredential: Type.Optional(MicroCredential),
}

export const summaryExample = {
  id: '0190c1a2-0000-7000-8000-000000000003',
  format: 'dc+sd-jwt',
  vct: 'urn:eu.europa.ec.eudi:learning:credential:1',
  title: 'Datadriven affärsutveckling',
  issuer: {
    identifier: 'https://issuer.example/exempeluniversitetet',
    host: 'issuer.example',
    name: 'Exempeluniversitetet',
  },
  issuerTrust: 'certificate',
  receivedAt: '2026-06-05T12:00:00.000Z',
  expiresAt: '2028-06-05T12:00:00.000Z',
  status: { state: 'valid', checkedAt: '2026-06-05T12:00:00.000Z' },
  award: {
    id: 'urn:uuid:0190c1a2-0000-7000-8000-000000000002',
    credentials: [
      { id: '0190c1a2-0000-7000-8000-000000000003', format: 'dc+sd-jwt' },
      { id: '0190c1a2-0000-7000-8000-000000000004', format: 'vc+jwt' },
    ],
  },
  microCredential: {
    type: 'urn:eu.europa.ec.eudi:learning:credential:1',
    title: 'Datadriven affärsutveckling',
    issuer: {
      name: 'Exempeluniversitetet',
      country: 'SE',
      identifier: 'https://issuer.example/exempeluniversitetet',
    },
    awardedOn: '2026-06-05',
    learningOutcomes: ['kan genomföra en affärsanalys med stöd av data'],
    workload: { text: '80 h / 3 ECTS', hours: 80 },
  },
} as const

export const CredentialSummary = Type.Object(summaryMembers, { examples: [summaryExample] })
export type CredentialSummary = Static<typeof CredentialSummary>

const DisclosureProfile = Type.Object({
  name: Type.String({ description: 'existence, skills, recognition or full' }),
  claims: Type.Array(LabelledClaim),
})

export const CredentialDetail = Type.Object(
  {
    ...summaryMembers,
    raw: Type.String({
      description: 'The credential as it was signed, with all its disclosures: show it to nobody',
    }),
    disclosable: Type.Array(LabelledClaim, {
      description:
        'Claims that are shown only when the holder agrees; none in a VC-JWT, which is shown whole',
    }),
    alwaysVisible: Type.Array(LabelledClaim, { description: 'Claims that every verifier sees' }),
    disclosureProfiles: Type.Array(DisclosureProfile, {
      description: 'Useful selections, from proof of existence to full identity',
    }),
  },
  {
    examples: [
      {
        ...summaryExample,
        raw: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImRjK3NkLWp3dCJ9.e30.c2ln~WyJzYWx0IiwibGVhcm5pbmdfb3V0Y29tZXMiLFtdXQ~',
        disclosable: [
          {
            path: ['learning_outcomes'],
            label: { sv: 'Läranderesultat', en: 'Learning outcomes' },
          },
        ],
        alwaysVisible: [{ path: ['achievement_title'], label: { sv: 'Benämning', en: 'Title' } }],
        disclosureProfiles: [
          {
            name: 'skills',
            claims: [
              {
                path: ['learning_outcomes'],
                label: { sv: 'Läranderesultat', en: 'Learning outcomes' },
              },
            ],
          },
        ],
      },
    ],
  },
)
export type CredentialDetail = Static<typeof CredentialDetail>

export const CredentialPage = pageOf(CredentialSummary)

export const CredentialParams = Type.Object({ credential: Type.String({ format: 'uuid' }) })
