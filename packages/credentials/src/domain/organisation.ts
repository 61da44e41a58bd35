import Type, { type Static } from 'typebox'
import { code, day, languageMap, shortText, uri } from './text.ts'

export const organisationIdPattern = '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'

/** A number or name some register gave: the scheme says which register. */
export const Identifier = Type.Object(
  {
    scheme: Type.String({
      pattern: '^[A-Za-z][A-Za-z0-9.:_-]{0,63}$',
      description: 'For example organisationsnummer, eidas, ror, pic, deqar, schac, ladok, seqf',
    }),
    value: Type.String({ minLength: 1, maxLength: 255 }),
  },
  {
    additionalProperties: false,
    description: 'Identifier given by a register',
    examples: [{ scheme: 'organisationsnummer', value: '999999-9999' }],
  },
)
export type Identifier = Static<typeof Identifier>

const identifiers = Type.Array(Identifier, { maxItems: 20 })

const country = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'Country, ISO 3166-1 alpha-2',
})

/** An organisation named in a definition or an award without being a tenant here. */
export const Agent = Type.Object(
  {
    legalName: languageMap(shortText, 'Name of the organisation'),
    country: Type.Optional(country),
    identifiers: Type.Optional(identifiers),
  },
  { additionalProperties: false, description: 'An organisation, by name' },
)
export type Agent = Static<typeof Agent>

/** What backs a micro-credential or an organisation (European standard, element 11). */
export const QualityAssurance = Type.Object(
  {
    type: code(
      'Quality assurance type: institutional_qa, programme_qa, institutional_licence, programme_licence, or its URI',
    ),
    title: Type.Optional(languageMap(shortText, 'What the decision or process is called')),
    agent: Type.Optional(Agent),
    decidedOn: Type.Optional(day('Day of the decision')),
    expiresOn: Type.Optional(day('Last day it holds')),
    reference: Type.Optional(uri('Where it can be looked up')),
    limits: Type.Optional(
      Type.Object(
        {
          levels: Type.Optional(
            Type.Array(Type.Integer({ minimum: 1, maximum: 8 }), { maxItems: 8 }),
          ),
          fields: Type.Optional(Type.Array(code('ISCED-F field'), { maxItems: 50 })),
          jurisdictions: Type.Optional(Type.Array(country, { maxItems: 50 })),
        },
        { additionalProperties: false, description: 'What it covers, when not everything' },
      ),
    ),
  },
  {
    additionalProperties: false,
    description: 'Quality assurance behind a micro-credential or an organisation',
    examples: [
      {
        type: 'institutional_qa',
        title: {
          sv: 'Granskning av lärosätets kvalitetssäkringsarbete',
          en: 'Institutional review',
        },
        agent: { legalName: { sv: 'Universitetskanslersämbetet' }, country: 'SE' },
        decidedOn: '2024-03-12',
      },
    ],
  },
)
export type QualityAssurance = Static<typeof QualityAssurance>

export const organisationKinds = [
  'university',
  'higherVocational',
  'folkHighSchool',
  'adultEducation',
  'company',
  'industryBody',
  'authority',
  'other',
] as const
export type OrganisationKind = (typeof organisationKinds)[number]

const organisationMembers = {
  id: Type.String({
    pattern: organisationIdPattern,
    description: 'Short name in addresses; never changes',
  }),
  legalName: languageMap(shortText, 'Legal name', { sv: 'Exempeluniversitetet' }),
  identifiers: Type.Optional(identifiers),
  country,
  kind: Type.Optional(Type.Enum(organisationKinds, { description: 'Kind of organisation' })),
  homepage: Type.Optional(uri('Home page')),
  logo: Type.Optional(uri('Address of a logotype')),
  accreditations: Type.Optional(Type.Array(QualityAssurance, { maxItems: 50 })),
  parentOrganisation: Type.Optional(
    Type.String({ pattern: organisationIdPattern, description: 'The organisation it belongs to' }),
  ),
}

export const organisationExample = {
  id: 'exempeluniversitetet',
  legalName: { sv: 'Exempeluniversitetet', en: 'Example University' },
  identifiers: [{ scheme: 'organisationsnummer', value: '999999-9999' }],
  country: 'SE',
  kind: 'university' as const,
  homepage: 'https://www.exempeluniversitetet.example',
}

/** A second one, to delegate to. */
const otherOrganisationExample = {
  id: 'exempelhogskolan',
  legalName: { sv: 'Exempelhögskolan', en: 'Example University College' },
  country: 'SE',
  kind: 'university' as const,
}

export const OrganisationDraft = Type.Object(organisationMembers, {
  additionalProperties: false,
  description: 'An organisation that defines and awards micro-credentials',
  examples: [organisationExample, otherOrganisationExample],
})
export type OrganisationDraft = Static<typeof OrganisationDraft>

/** An awarding body as projections see it. */
export const Organisation = Type.Object(organisationMembers, {
  additionalProperties: false,
  examples: [organisationExample],
})
export type Organisation = Static<typeof Organisation>
