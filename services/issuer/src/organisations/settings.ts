import { legalCategories, legalCategoryClaims } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'

const LegalCategory = Type.Object(
  {
    value: Type.Enum(legalCategories, {
      description:
        'As what the organisation issues. qualified and public_body are for those whom the law calls so',
    }),
    claims: Type.Array(Type.Enum(legalCategoryClaims), {
      minItems: 1,
      maxItems: legalCategoryClaims.length,
      uniqueItems: true,
      description:
        'category is that of ETSI TS 119 472-1, attestation_legal_category that of the Architecture and Reference Framework',
    }),
  },
  {
    additionalProperties: false,
    description: 'The legal category claim of SD-JWT VCs. Default: non_qualified, as category',
  },
)

/** What an organisation has decided about its credentials. What it has not decided is absent. */
export const OrganisationSettings = Type.Object(
  { legalCategory: Type.Optional(LegalCategory) },
  {
    additionalProperties: false,
    description: 'What the organisation has decided about its credentials',
    examples: [
      {
        legalCategory: {
          value: 'non_qualified',
          claims: ['category', 'attestation_legal_category'],
        },
      },
    ],
  },
)
export type OrganisationSettings = Static<typeof OrganisationSettings>
