import Type, { type Static } from 'typebox'

export const exportFormats = [
  'sd_jwt_vc',
  'elm',
  'edc',
  'open_badge',
  'open_badge_png',
  'open_badge_svg',
  'pdf',
  'qr',
] as const
export type ExportFormat = (typeof exportFormats)[number]

export const ExportQuery = Type.Object(
  {
    format: Type.Enum([...exportFormats], {
      description:
        'sd_jwt_vc, elm, open_badge: the credential as its issuer signed it. edc: a European Digital Credential as JSON-LD, without its signature. open_badge_png, open_badge_svg: the badge in a picture. pdf: your own printable copy, in Swedish and English. qr: the link of `share` as a code',
    }),
    share: Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'An open link to this credential, which the code of a pdf or qr opens',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ format: 'pdf' }] },
)
export type ExportQuery = Static<typeof ExportQuery>

/** Media types of the answers. */
export const exportMediaTypes = [
  'application/dc+sd-jwt',
  'application/vc+jwt',
  'application/ld+json',
  'image/png',
  'image/svg+xml',
  'application/pdf',
]
