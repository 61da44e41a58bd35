import {
  Achievement,
  achievementExample,
  Completeness,
  creditFrameworks,
  normaliseAchievement,
  organisationExample,
  scoreCompleteness,
} from '@mikromerit/credentials'
import { PageQuery } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import { OrganisationParams } from '../organisations/schemas.ts'

const strict = { additionalProperties: false }
const exampleId = '0190a5c4-7d1e-7c3b-9f00-000000000001'
const exampleIssuer = `http://localhost:3001/${organisationExample.id}`
const exampleContent = normaliseAchievement(achievementExample)

const CatalogueOrganisation = Type.Object(
  {
    id: Type.String(),
    legalName: Type.Unsafe<Readonly<Record<string, string>>>({
      type: 'object',
      additionalProperties: { type: 'string' },
    }),
    country: Type.String(),
    credentialIssuer: Type.String({ description: 'Its Credential Issuer Identifier' }),
  },
  { ...strict, description: 'Who created the definition' },
)

/** A published definition, for everybody. */
export const CatalogueEntry = Type.Object(
  {
    url: Type.String({
      description: 'Address of the definition: its identity in credentials and stacking rules',
    }),
    organisation: CatalogueOrganisation,
    status: Type.Enum(['published', 'archived'], {
      description: 'Archived definitions have an address, but are not in lists',
    }),
    completeness: Completeness,
    ...Achievement.properties,
  },
  {
    ...strict,
    description: 'A definition in the catalogue',
    examples: [
      {
        url: `${exampleIssuer}/achievements/${exampleId}`,
        organisation: {
          id: organisationExample.id,
          legalName: organisationExample.legalName,
          country: organisationExample.country,
          credentialIssuer: exampleIssuer,
        },
        status: 'published',
        completeness: scoreCompleteness(exampleContent, organisationExample),
        id: exampleId,
        version: 1,
        ...exampleContent,
      },
    ],
  },
)
export type CatalogueEntry = Static<typeof CatalogueEntry>

export const CatalogueQuery = Type.Object({
  ...PageQuery.properties,
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Words, in Swedish or English, in any form; the last may be a beginning',
    }),
  ),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 12, description: 'Level' })),
  framework: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z][A-Za-z0-9 -]{0,39}$',
      default: 'EQF',
      description: 'Framework of the level',
    }),
  ),
  field: Type.Optional(
    Type.String({
      pattern: '^[0-9]{2,4}$',
      description: 'ISCED-F code; a broad one has its parts',
    }),
  ),
  skill: Type.Optional(Type.String({ maxLength: 2_048, description: 'URI of a skill' })),
  language: Type.Optional(
    Type.String({ pattern: '^[A-Za-z]{2,3}$', description: 'Language of instruction' }),
  ),
  credits: Type.Optional(
    Type.Enum(
      creditFrameworks.concepts.map(({ code }) => code),
      { description: 'Credit system; ects when only an amount is given' },
    ),
  ),
  minCredits: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000 })),
  maxCredits: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000 })),
})
export type CatalogueQuery = Static<typeof CatalogueQuery>

export const CatalogueParams = OrganisationParams

export const EntryParams = Type.Object({
  organisation: Type.String({ maxLength: 64 }),
  achievement: Type.String({ format: 'uuid', description: 'Identifier of the definition' }),
})
export type EntryParams = Static<typeof EntryParams>

export const EntryQuery = Type.Object({
  version: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'The newest when absent' }),
  ),
})
