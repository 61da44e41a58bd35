import {
  legalCategories,
  legalCategoryClaims,
  rulebookFormats,
  rulebookVersion,
} from '@mikromerit/credentials'
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

const versions = Type.Optional(
  Type.Enum([rulebookVersion], { description: 'Version of the rulebook' }),
)

const FurtherFormats = Type.Object(
  { [rulebookFormats[0]]: versions, [rulebookFormats[1]]: versions },
  {
    additionalProperties: false,
    minProperties: 1,
    description:
      'Formats switched on beside sd_jwt_vc, elm and open_badge: VerifiableMicroCredential for formal education, VerifiableVerifiedSkill for all other, each in a version of its WE BUILD rulebook. Offered when offer.formats names them. Both are non-qualified attestations by their rulebooks',
  },
)

/** What an organisation has decided about its credentials. What it has not decided is absent. */
export const OrganisationSettings = Type.Object(
  {
    legalCategory: Type.Optional(LegalCategory),
    furtherFormats: Type.Optional(FurtherFormats),
  },
  {
    additionalProperties: false,
    description: 'What the organisation has decided about its credentials',
    examples: [
      {
        legalCategory: {
          value: 'non_qualified',
          claims: ['category', 'attestation_legal_category'],
        },
        furtherFormats: { webuild_micro_credential: rulebookVersion },
      },
    ],
  },
)
export type OrganisationSettings = Static<typeof OrganisationSettings>
