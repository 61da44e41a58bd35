import Type from 'typebox'
import { fileTypes } from './read-upload.ts'

// A real one does not fit an example: this has the form, and is answered with a report that says so.
const exampleCredential =
  'eyJ0eXAiOiJkYytzZC1qd3QiLCJhbGciOiJFUzI1NiJ9.eyJ2Y3QiOiJ1cm46ZXhhbXBsZSJ9.c2lnbmF0dXJl~'

export const VerificationDraft = Type.Object(
  {
    credential: Type.Union(
      [
        Type.String({ minLength: 1, maxLength: 400_000 }),
        Type.Object({}, { additionalProperties: true }),
      ],
      {
        description:
          'As received: an SD-JWT VC, a VC-JWT (Open Badge, European Digital Credential), a presentation of them, an https address or share link, a data: address, ELMO as text, or a JSON object (a credential with a proof, in an envelope or unsigned, an Open Badges 2.0 assertion). White space around a text does not matter. What is not recognised gets a report that says so',
      },
    ),
    recipient: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 300,
        description:
          'Whom a badge is expected to name, by e-mail address or another identifier: compared with its recipient, also where that is hashed. Not stored',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      { credential: exampleCredential },
      { credential: 'https://badges.example.org/assertions/1', recipient: 'alva@example.org' },
    ],
  },
)

const FileBody = Type.Unsafe<string>({ type: 'string', format: 'binary' })

const FileForm = Type.Object(
  { file: FileBody },
  { description: 'One file: a baked badge (PNG, SVG), JSON, ELMO, or a text with a credential' },
)

/** The body in each of its forms. Files are not validated: whatever they hold, the answer is a report. */
export const uploadContent = {
  'application/json': { schema: VerificationDraft },
  'multipart/form-data': { schema: FileForm },
  ...Object.fromEntries(fileTypes.map((type) => [type, { schema: FileBody }])),
}
