import Type, { type Static } from 'typebox'

export const exportFormats = [
  'sd_jwt_vc',
  'elm',
  'edc',
  'elmo',
  'open_badge',
  'open_badge_json',
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
        'sd_jwt_vc, elm, open_badge: the credential as its issuer signed it. edc: a European Digital Credential as JSON-LD, without its signature. elmo: an unsigned ELMO file, said to be your copy, with the signed credential attached. open_badge_json: the content of the badge as JSON-LD, unsigned; its proof is the JWT of open_badge. open_badge_png, open_badge_svg: the badge in a picture. pdf: your own printable copy, in Swedish and English. qr: the link of `share` as a code',
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

export const WholeExportQuery = Type.Object(
  { format: Type.Enum(['elmo'], { description: 'An ELMO file, as for one credential' }) },
  { additionalProperties: false, examples: [{ format: 'elmo' }] },
)

/** Media types of the answers. */
export const exportMediaTypes = [
  'application/dc+sd-jwt',
  'application/vc+jwt',
  'application/ld+json',
  'application/xml',
  'image/png',
  'image/svg+xml',
  'application/pdf',
]
