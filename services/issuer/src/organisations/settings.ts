import { legalCategories, legalCategoryClaims } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'

/** Formats that an organisation offers only once it has switched them on. */
export const optionalFormats = ['webuild_micro_credential', 'webuild_verified_skill'] as const

const members = {
  formats: Type.Array(Type.Enum(optionalFormats), {
    maxItems: optionalFormats.length,
    uniqueItems: true,
    description: 'Further formats of its credentials. Without any: sd_jwt_vc, elm, open_badge',
  }),
  legalCategory: Type.Object(
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
  ),
}

const settingsExample = {
  formats: ['webuild_micro_credential' as const],
  legalCategory: {
    value: 'non_qualified' as const,
    claims: ['category' as const, 'attestation_legal_category' as const],
  },
}

/** What an organisation has decided about its credentials. What it has not decided is absent. */
export const OrganisationSettings = Type.Object(
  {
    formats: Type.Optional(members.formats),
    legalCategory: Type.Optional(members.legalCategory),
  },
  {
    additionalProperties: false,
    description: 'What the organisation has decided about its credentials',
    examples: [settingsExample],
  },
)
export type OrganisationSettings = Static<typeof OrganisationSettings>

export const OrganisationChange = Type.Object(
  { settings: OrganisationSettings },
  {
    additionalProperties: false,
    description: 'A change of an organisation. A member of settings that is named is replaced',
    examples: [{ settings: settingsExample }],
  },
)
export type OrganisationChange = Static<typeof OrganisationChange>
