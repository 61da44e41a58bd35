import Type from 'typebox'

// A real one does not fit an example: this has the form, and is answered with a report that says so.
const exampleCredential =
  'eyJ0eXAiOiJkYytzZC1qd3QiLCJhbGciOiJFUzI1NiJ9.eyJ2Y3QiOiJ1cm46ZXhhbXBsZSJ9.c2lnbmF0dXJl~'

export const VerificationDraft = Type.Object(
  {
    credential: Type.Union(
      [
        Type.String({ minLength: 1, maxLength: 262_144 }),
        Type.Object({}, { additionalProperties: true }),
      ],
      {
        description:
          'As received: an SD-JWT VC (dc+sd-jwt). White space around it does not matter. What is not recognised gets a report that says so',
      },
    ),
  },
  { additionalProperties: false, examples: [{ credential: exampleCredential }] },
)
