import Type from 'typebox'
import { exportFormats } from './formats.ts'

export const ExportQuery = Type.Object(
  {
    format: Type.Enum([...exportFormats], {
      description:
        'elmo: ELMO 1.7, signed. edc: European Digital Credential as Europass takes it, unsealed. elm, open_badge: VC-JWT, bound to no key. open_badge_png, open_badge_svg: the badge baked into a picture. pdf: printable, in Swedish and English. qr: the signed compact credential as SVG. sd_jwt_vc: only by an offer',
    }),
  },
  { additionalProperties: false, examples: [{ format: 'pdf' }] },
)

/** Media types of the answers. */
export const exportMediaTypes = [
  'application/xml',
  'application/ld+json',
  'application/vc+jwt',
  'application/pdf',
  'image/png',
  'image/svg+xml',
]
