import {
  Organisation as OrganisationContent,
  OrganisationDraft,
  organisationExample,
} from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'

export { OrganisationDraft }

/** What an organisation says about itself; its id lies beside it. */
export type OrganisationProfile = Omit<OrganisationDraft, 'id'>

export const Organisation = Type.Object(
  {
    ...OrganisationContent.properties,
    credentialIssuer: Type.String({
      format: 'uri',
      description: 'Its Credential Issuer Identifier: where wallets and verifiers find it',
    }),
    createdAt: Type.String({ format: 'date-time' }),
  },
  {
    additionalProperties: false,
    description: 'An organisation that defines and awards micro-credentials',
    examples: [
      {
        ...organisationExample,
        credentialIssuer: 'http://localhost:3001/exempeluniversitetet',
        createdAt: '2026-06-01T08:00:00.000Z',
      },
    ],
  },
)
export type Organisation = Static<typeof Organisation>

export const OrganisationParams = Type.Object({
  organisation: Type.String({
    maxLength: 64,
    description: 'Short name of the organisation',
    examples: [organisationExample.id],
  }),
})
export type OrganisationParams = Static<typeof OrganisationParams>
